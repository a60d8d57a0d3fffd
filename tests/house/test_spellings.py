"""Each idea is spelt in one place: whoever writes it again meets the place where it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "kr_ru_platform", "matching", "projects")

# What is looked for, where it may stand, and where to go instead.
SPELLINGS = [
    pytest.param(
        r"\bcsv\.writer\(|ILLEGAL_CHARACTERS_RE|runs_as_formula",
        {"kr_ru_platform/words/spreadsheets.py"},
        id="tables are written by words/spreadsheets.py, whose cells are safe",
    ),
    pytest.param(
        r"\boverride\(",
        {
            "kr_ru_platform/running/mail/letters.py",
            # Mails of django-allauth, by its own templates.
            "accounts/signing_in/adapter.py",
            # Words of all languages at once, to recognise them.
            "matching/domain/intake/value_words.py",
        },
        id="a letter to a person is send_letter of running/mail/letters.py",
    ),
    pytest.param(
        r"_history_user\b",
        {"kr_ru_platform/saving/revisions.py"},
        id="who did it is said by save_revision, save_signed and delete_signed of saving/revisions.py",
    ),
    pytest.param(
        r"select_for_update\(.*\)\.get\(",
        {"kr_ru_platform/saving/revisions.py"},
        id="one row is locked by locked_row of saving/revisions.py",
    ),
    pytest.param(
        r"raise StaleRevisionError",
        {
            "kr_ru_platform/saving/revisions.py",
            # What a proposal says of a name, and which scorer is in force, are no revisions of a row.
            "accounts/domain/organisations/naming.py",
            "matching/domain/matches/scorers.py",
        },
        id="a revision is compared by locked_row and refuse_stale of saving/revisions.py",
    ),
    pytest.param(
        r"isinstance\([^)]*\b(Demand|CompanyProfile)\b|Demand \| CompanyProfile"
        r"|filter\(profile__in=[\[{]|\.demand or \w+\.profile\b|\(\w+\.demand_id, \w+\.profile_id\)",
        {
            "matching/models/need.py",
            # Match.need and Feedback.need themselves.
            "matching/models/match.py",
            "matching/models/feedback.py",
        },
        id="a need is asked by its protocol, models/need.py",
    ),
    pytest.param(
        r"(encoder|version)\w*\.r?partition\(|\.rpartition\(\"-\"\)|\.partition\(\"\+\"\)",
        {
            "matching/scoring/weights.py",
            "matching/domain/index/index_names.py",
            # What stands before the plus in an e-mail address.
            "kr_ru_platform/web/requests/throttling.py",
        },
        id="a scorer version is read by ScorerStamp, the name of an index by IndexName",
    ),
    pytest.param(
        r"(public|member|full)_lexemes",
        # With the list of indexes that the benchmark drops and makes again.
        {"matching/models/text_index.py", "matching/benchmark/catalogue/load.py"},
        id="who may read which lexemes is said by LEXEME_COLUMNS of models/text_index.py",
    ),
    pytest.param(
        r"\b7_?2\d\d_?\d*\b|(wait_for_lock|take_lock|lock_for_a_while|one_of_locks)\(\d",
        {"kr_ru_platform/running/lock_numbers.py"},
        id="numbers of locks stand in running/lock_numbers.py",
    ),
    pytest.param(
        r"(?<!\{)[\"'](ko|ru|en)[\"'], [\"'](ko|ru|en)[\"']|_(ko|ru|en)\": \"(ko|ru|en)\"",
        {"kr_ru_platform/words/reading/scripts.py"},
        id="the languages are Language of words/languages.py and, in plain Python, LANGUAGES of reading/folding.py",
    ),
    pytest.param(
        r"get_language\(\) or",
        {
            "kr_ru_platform/words/languages.py",
            # Where none is active the choice is another than Korean.
            "accounts/domain/memberships.py",
            "accounts/forms/signup.py",
        },
        id="the reader's language is reader_language of words/languages.py",
    ),
    pytest.param(
        r"int\(request\.(GET|POST)|\.isascii\(\) and \w+\.is(digit|decimal)",
        {"kr_ru_platform/words/reading/row_keys.py"},
        id="a number of a row that somebody sent is read by as_id of words/reading/row_keys.py",
    ),
    pytest.param(
        r"\+ \"…\"",
        {"kr_ru_platform/words/lines.py"},
        id="a text is shortened by shorten of words/lines.py",
    ),
    pytest.param(
        r"\[가-힣\].*(ko|KOREAN)|\[а-яё?А-ЯЁ?\].*(ru|RUSSIAN)|def (detect|guess)_lang",
        {"kr_ru_platform/words/reading/scripts.py"},
        id="in which language a text is written says detect_language of words/reading",
    ),
]


def sources() -> list[Path]:
    found = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


@pytest.mark.parametrize(("spelling", "places"), SPELLINGS)
def test_it_is_spelt_in_one_place(spelling: str, places: set[str]) -> None:
    found = {
        path.relative_to(ROOT).as_posix(): [line for line in text.splitlines() if re.search(spelling, line)]
        for path in sources()
        if re.search(spelling, text := path.read_text("utf-8"))
    }
    assert {name: lines for name, lines in found.items() if name not in places} == {}
    assert set(found) == places
