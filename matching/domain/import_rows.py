"""One row of a file → the facts and texts of one technology, or errors by column."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.enums import Country
from kr_ru_platform.languages import Language
from kr_ru_platform.words.folding import detect_language
from matching.domain.import_files import SourceRow
from matching.domain.import_words import TEXT_COLUMNS, choice_of, column_of, language_of
from matching.domain.plain_text import first_sentences, shorten, to_plain_text
from matching.enums import Direction, DisclosureLevel, Field, IprStatus, Provenance, TransferMode

TITLE_LIMIT, SUMMARY_LIMIT, SUMMARY_MAX, ID_LIMIT, HOLDER_LIMIT = 300, 400, 1000, 200, 200
# Order in which a row with several languages and no stated source is taken to have been written.
SOURCE_ORDER = (Language.RUSSIAN, Language.ENGLISH, Language.KOREAN)
CHOICES = {
    "country": Country,
    "field": Field,
    "ipr_status": IprStatus,
    "direction": Direction,
    "disclosure": DisclosureLevel,
}


class CellError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong, as a code. Row 0 is the file as a whole; an empty column the whole row."""

    row: int
    column: str
    code: str
    value: str = ""


@dataclass(slots=True)
class ParsedRow:
    number: int
    external_id: str = ""
    id_column: str = "external_id"
    holder: str = ""
    # Without texts a row can only change the facts of a technology that is there already.
    source_language: Language | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    texts: dict[Language, dict[str, str]] = field(default_factory=dict)
    unused_columns: tuple[str, ...] = ()
    # Texts made from others by the import: (language, name). They never replace a person's words.
    derived: set[tuple[str, str]] = field(default_factory=set)
    shortened: int = 0
    summaries_missing: set[str] = field(default_factory=set)
    errors: list[RowError] = field(default_factory=list)
    # Remarks that stop nothing.
    notes: list[RowError] = field(default_factory=list)


def parse_row(source: SourceRow) -> ParsedRow:
    row = ParsedRow(source.number)
    if source.broken:
        row.errors.append(RowError(source.number, "", source.broken))
        return row
    texts: dict[tuple[str, str], str] = {}
    own_language = ("", "")
    for header, value in source.values.items():
        column, language = column_of(header)
        if not column:
            row.unused_columns += (header,)
        if not column or not value:
            continue
        if column == "language":
            own_language = (header, value)
        elif column in TEXT_COLUMNS:
            texts[column, language] = value if column == "provenance" else to_plain_text(value)
        else:
            _take_fact(row, header, column, value)
    _take_texts(row, texts, own_language)
    return row


def _take_fact(row: ParsedRow, header: str, column: str, value: str) -> None:
    try:
        if column == "external_id":
            row.external_id, row.id_column = _limited(value, ID_LIMIT), header
        elif column == "holder":
            row.holder = _limited(to_plain_text(value), HOLDER_LIMIT)
        else:
            row.facts[column] = _fact(column, value)
    except CellError as error:
        row.errors.append(RowError(row.number, header, error.code, value[:300]))


def _fact(column: str, value: str) -> Any:
    if column in CHOICES:
        return _choice(CHOICES[column], value, f"unknown_{column}")
    readers: dict[str, Callable[[str], Any]] = {
        "trl": _trl,
        "transfer_modes": _transfer_modes,
        "ipc_codes": _ipc_codes,
        "source_url": _url,
    }
    return readers[column](value)


def _limited(value: str, limit: int) -> str:
    text = to_plain_text(value)
    if len(text) > limit:
        raise CellError("too_long")
    return text


def _choice(enum: Any, value: str, code: str) -> Any:
    found = choice_of(enum, value)
    if found is None:
        raise CellError(code)
    return enum(found)


def _trl(value: str) -> int:
    match = re.fullmatch(r"(?:TRL)?\s*-?\s*([1-9])(?:\.0)?", value, re.IGNORECASE)
    if match is None:
        raise CellError("wrong_trl")
    return int(match[1])


def _transfer_modes(value: str) -> list[TransferMode]:
    words = [word for word in re.split(r"[,;/·|\n]", value) if word.strip()]
    modes = {_choice(TransferMode, word, "unknown_transfer_modes") for word in words}
    return [mode for mode in TransferMode if mode in modes]


def _ipc_codes(value: str) -> list[str]:
    codes = [" ".join(code.split()).upper() for code in re.split(r"[,;\n]", value) if code.strip()]
    if any(not re.fullmatch(r"[A-H]\d{2}[A-Z]?(?: ?\d{1,4}(?:/\d{1,6})?)?", code) for code in codes):
        raise CellError("wrong_ipc")
    return list(dict.fromkeys(codes))


def _url(value: str) -> str:
    address = _limited(value, 500)
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise CellError("wrong_url") from error
    return address


def _take_texts(row: ParsedRow, texts: dict[tuple[str, str], str], stated: tuple[str, str]) -> None:
    named = [Language(code) for _, code in texts if code]
    own = " ".join(text for (column, code), text in texts.items() if not code and column != "provenance")
    language = language_of(stated[1]) if stated[1] else None
    if stated[1] and language is None:
        row.errors.append(RowError(row.number, stated[0], "unknown_language", stated[1][:300]))
        return
    if language is None:
        found = detect_language(own) if own else next((c for c in SOURCE_ORDER if c in named), None)
        language = Language(found) if found else None
    if language is None and own:
        row.errors.append(RowError(row.number, "", "language_not_found", own[:300]))
    if language is None:
        return
    row.source_language = language
    for (column, code), text in texts.items():
        # "title" beside "title_ko" in a Korean row: the one that names its language is meant.
        if code or (column, language.value) not in texts:
            row.texts.setdefault(Language(code or language), {})[column] = text
    for code, values in list(row.texts.items()):
        _complete_text(row, code, values)


def _complete_text(row: ParsedRow, language: Language, values: dict[str, str]) -> None:
    default = Provenance.SOURCE if language == row.source_language else Provenance.MACHINE
    stated = values.pop("provenance", "")
    if not any(values.values()):
        row.texts.pop(language)
        return
    provenance = choice_of(Provenance, stated) if stated else default
    if provenance is None:
        row.errors.append(RowError(row.number, "provenance", "unknown_provenance", stated[:300]))
        return
    if provenance == Provenance.SOURCE and language != row.source_language:
        row.errors.append(RowError(row.number, "provenance", "two_sources", stated[:300]))
        return
    values["provenance"] = provenance
    if not stated:
        row.derived.add((language, "provenance"))
    _shorten_title(row, values)
    _shorten_summary(row, values)


def _shorten_title(row: ParsedRow, values: dict[str, str]) -> None:
    title = " ".join(values.get("title", "").split())
    if len(title) > TITLE_LIMIT:
        # Nothing of a title that does not fit is lost: it opens the description.
        row.shortened += 1
        body = values.get("description", "")
        values["description"] = body if body.startswith(title) else f"{title}\n\n{body}".strip()
        title = shorten(title, TITLE_LIMIT)
    if title:
        values["title"] = title


def _shorten_summary(row: ParsedRow, values: dict[str, str]) -> None:
    summary = values.get("summary", "")
    if len(summary) > SUMMARY_MAX:
        row.shortened += 1
        values["description"] = f"{summary}\n\n{values.get('description', '')}".strip()
        values["summary"] = first_sentences(summary, SUMMARY_LIMIT)
