"""Nobody reads texts by hand: what is compared is folded in kr_ru_platform/words/, for everybody alike."""

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "kr_ru_platform/words/"
BY_HAND = re.compile(
    r"\.casefold\(\)|\.lower\(\)|unicodedata\.normalize|\bNFK?[CD]\b|__i(?:contains|exact|startswith)\b|\[[^\]]*[‐‑‒–—−]{2}"
)
# Where case is part of a format.
ALLOWED = {
    "matching/management/commands/import_technologies.py": "words of an option",
    "kr_ru_platform/running/mail/mail_queue.py": "the end of an address",
    "kr_ru_platform/web/kept/kept_files.py": "endings of files",
    "kr_ru_platform/web/kept/kept_posts.py": "names of form fields",
    "matching/domain/intake/files/readable_text.py": "letters are counted to guess an encoding",
    "matching/domain/intake/files/sniffing.py": "endings of files",
    "matching/domain/finding/holders.py": "names without accents, for whoever cannot type them",
    "matching/domain/intake/row_look_alikes.py": "compared with what the database made small",
    "matching/domain/finding/search_words.py": "one letter in a title, in its own script",
    "matching/domain/finding/answer_cache.py": "a key of what was answered, never compared with a name",
    "matching/domain/finding/other_readings.py": "spellings are compared letter by letter",
    "matching/scoring/language/keyboard.py": "keys of a keyboard",
    "matching/scoring/language/shared_terms.py": "letter by letter, so that places in the text stay",
    "matching/scoring/language/spelling.py": "spellings are compared letter by letter",
    "kr_ru_platform/embedded/local_mode.py": "names of hosts and switches, before anything else is imported",
    "kr_ru_platform/web/uploads.py": "endings of files",
    "matching/scoring/language/notions.py": "letter by letter, so that places in the text stay",
    "matching/scoring/language/korean/syllables.py": "letter by letter, so that places in the text stay",
    "matching/scoring/language/text.py": "the classes of hyphens within a word; read by fold",
}


def test_texts_are_folded_in_one_place() -> None:
    found = {}
    for app in ("accounts", "kr_ru_platform", "matching", "projects"):
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(HOME) or "/migrations/" in name or name in ALLOWED:
                continue
            lines = [line.strip() for line in path.read_text("utf-8").splitlines() if BY_HAND.search(line)]
            if lines:
                found[name] = lines
    assert found == {}


def test_addresses_are_compared_letter_by_letter() -> None:
    """upper() of PostgreSQL makes one address of two: "ı" of a Turkish domain and "i"."""
    by_database = re.compile(
        r"(?:email|receiver|address)__i(?:exact|startswith)\b|(?:Lower|Upper)\(\W?(?:email|receiver)"
    )
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {line.strip()}"
        for app in ("accounts", "kr_ru_platform", "matching", "projects")
        for path in sorted((ROOT / app).rglob("*.py"))
        if "/migrations/" not in path.as_posix()
        for line in path.read_text("utf-8").splitlines()
        if by_database.search(line)
    ]
    assert found == [
        'accounts/models/invitation.py: Lower("email"),',
        'accounts/models/user.py: Lower("email"),',
    ]


def test_whatever_the_case_is_not_whatever_looks_like_a_letter() -> None:
    """Under IGNORECASE the letters a-z are also ı, ſ and K, unless the pattern is for ASCII."""
    whatever_the_case = re.compile(r"IGNORECASE|re\.I\b|\(\?[a-z]*i")
    found = set()
    for app in ("accounts", "kr_ru_platform", "matching", "projects"):
        for path in (ROOT / app).rglob("*.py"):
            if not whatever_the_case.search(path.read_text("utf-8")):
                continue
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            patterns = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
            for name, value in patterns.items():
                is_wide = value.flags & re.IGNORECASE and value.flags & re.UNICODE
                if is_wide and re.search(r"\[[^\]]*(?:a-z|A-Z)", value.pattern):
                    found.add(f"{module.__name__}.{name}")
    assert found == set()
