"""Korean and Russian are complete: no string is missing, unsure or without its placeholders."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils.translation import trans_real

from tests.house.messages import ROOT, messages

LANGUAGES = ["ko", "ru"]
NUMBER_OF_FORMS = re.compile(r"nplurals=(\d+)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)\}|%[sd]")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def key_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid


def strings_of_libraries(language: str) -> set[str]:
    found: set[str] = set()
    for app in apps.get_app_configs():
        path = Path(app.path, "locale", language, "LC_MESSAGES", "django.mo")
        if path.exists():
            found |= {key_of(entry) for entry in polib.mofile(str(path))}
    return found


def placeholders(text: str) -> set[str]:
    return {found[0] for found in PLACEHOLDER.finditer(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_untranslated_or_fuzzy(language) -> None:
    po = catalogue(language)
    unsure = [entry.msgid for entry in [*po.untranslated_entries(), *po.fuzzy_entries()]]
    forms = int(NUMBER_OF_FORMS.findall(po.metadata["Plural-Forms"])[0])
    filled = [(entry.msgid, sum(map(bool, entry.msgstr_plural.values()))) for entry in po if entry.msgid_plural]
    half = [msgid for msgid, count in filled if count != forms]
    assert (unsure, half) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_code_is_in_a_catalogue(language) -> None:
    """Ours, or that of Django or one of its apps where the words are the same."""
    known = trans_real.translation(language)._catalog  # type: ignore[attr-defined]
    plural = {key[0] for part in known._catalogs for key in part if isinstance(key, tuple)}
    missing = [
        f"{place}: {key}"
        for place, key, has_plural in messages()
        if key not in (plural if has_plural else known) and not (not has_plural and key in plural)
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_a_string_of_the_code(language) -> None:
    """Or one of a library, said here in the portal's own words."""
    used = {key for _place, key, _has_plural in messages()} | strings_of_libraries(language)
    assert [entry.msgid for entry in catalogue(language) if key_of(entry) not in used] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language) -> None:
    wrong = []
    for entry in catalogue(language):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        if any(placeholders(text) - wanted for text in texts) or placeholders(entry.msgid) - placeholders(texts[-1]):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_written_one(language) -> None:
    compiled = polib.mofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.mo"))
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue(language).translated_entries()}
    assert {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled} == written


def test_messages_are_found_in_code_and_templates() -> None:
    found = {key for _place, key, _plural in messages()}
    assert {"Log in", "Technologies", "step of a company\x04Request", "people\x04Members"} <= found


def test_korean_speaks_as_the_portal_does() -> None:
    """Instructions end in -세요, never in -십시오; the reader is 귀사, 귀 기관 or 회원님, never 당신."""
    written = [text for entry in catalogue("ko") for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in written if re.search("십시오|십시요|당신", text)] == []
