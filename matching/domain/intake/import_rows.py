"""One row of a file → the facts and texts of one technology, or errors by column."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from accounts.names.numbers import compact, kind_named, numbers_in
from accounts.validators import validate_name
from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.lines import shorten
from kr_ru_platform.words.reading.folding import detect_language
from matching.domain.intake.cell_values import CellError, fact, is_nothing, limited, refuse_oddities, unquoted
from matching.domain.intake.files.header_rows import SourceRow
from matching.domain.intake.files.headings import TEXT_COLUMNS, Column, column_of, is_counter, language_of
from matching.domain.intake.files.jsonl_files import flattened_text
from matching.domain.intake.value_words import choice_of
from matching.domain.texts.plain_text import first_sentences, to_plain_text
from matching.enums import Provenance

TITLE_LIMIT, SUMMARY_LIMIT, SUMMARY_MAX, ID_LIMIT, HOLDER_LIMIT = 300, 400, 1000, 200, 200
# Order in which a row with several languages and no stated source is taken to have been written.
SOURCE_ORDER = (Language.RUSSIAN, Language.ENGLISH, Language.KOREAN)
VALUE_SHOWN = 300
# No organisation is called that; usually a column has been taken for another.
SENTENCE = re.compile(r"[가-힣]다\.$|(?:\S+\s+){12,}\S+[.!?]$")


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
    holder_numbers: tuple[str, ...] = ()
    # Of which register a number is, by its compact form, where the heading or the cell says it.
    number_kinds: dict[str, str] = field(default_factory=dict)
    holder_id: str = ""
    # Without texts a row can only change the facts of a technology that is there already.
    source_language: Language | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    texts: dict[Language, dict[str, str]] = field(default_factory=dict)
    unused_columns: tuple[str, ...] = ()
    # Texts made from others by the import: (language, name). They never replace a person's words.
    derived: set[tuple[str, str]] = field(default_factory=set)
    shortened: int = 0
    # Cells whose formula has no stored value: nothing is made up in their place.
    uncomputed: set[Column] = field(default_factory=set)
    headers: dict[Column, str] = field(default_factory=dict)
    summaries_missing: set[str] = field(default_factory=set)
    errors: list[RowError] = field(default_factory=list)
    # Remarks that stop nothing.
    notes: list[RowError] = field(default_factory=list)


def parse_row(source: SourceRow, columns: dict[str, Column] | None = None) -> ParsedRow:
    """`columns`: what the headings of this file mean; without it they are looked up one by one."""
    row = ParsedRow(source.number)
    if source.broken:
        row.errors.append(RowError(source.number, "", source.broken))
        return row
    texts: dict[Column, str] = {}
    own_language = ("", "")
    for header, value in source.values.items():
        column, language = columns.get(header, ("", "")) if columns is not None else column_of(header)
        kind, value = source.kinds.get(header, ""), unquoted(value)
        row.headers[column, language] = header
        if not column:
            row.unused_columns += () if is_counter(header) else (header,)
        elif kind.startswith("formula:"):
            row.uncomputed.add((column, language))
            row.notes.append(RowError(row.number, header, "formula_without_value", kind.removeprefix("formula:")))
        elif column == "language":
            own_language = (header, value) if value else own_language
        elif value or kind:
            _take_cell(row, texts, header, value, kind=kind, column=(column, language))
    _take_texts(row, texts, own_language)
    return row


def _take_cell(row: ParsedRow, texts: dict[Column, str], header: str, value: str, *, kind: str, column: Column) -> None:
    name, language = column
    try:
        is_text = name == "holder" or name in TEXT_COLUMNS
        refuse_oddities(value, kind, is_text=is_text, is_id=name in ("external_id", "holder_id", "holder_number"))
        if kind == "merged":
            row.notes.append(RowError(row.number, header, "merged_cell", value[:VALUE_SHOWN]))
        if name in TEXT_COLUMNS:
            _take_text(texts, value, name, language)
        elif not is_nothing(value):
            _take_fact(row, header, name, value)
    except CellError as error:
        row.errors.append(RowError(row.number, header, error.code, value[:VALUE_SHOWN]))


def _take_text(texts: dict[Column, str], value: str, name: str, language: str) -> None:
    if name == "provenance":
        texts[name, language] = value
        return
    by_language = flattened_text(value)
    if by_language is None:
        raise CellError("json_in_cell")
    for code, text in by_language.items():
        # Full stops and dashes alone stand for "nothing to say".
        texts[name, code or language] = "" if is_nothing(text) else to_plain_text(text)


def _take_fact(row: ParsedRow, header: str, column: str, value: str) -> None:
    if column == "external_id":
        row.external_id, row.id_column = limited(_without_mark(value), ID_LIMIT), header
    elif column == "holder":
        by_language = flattened_text(value)
        if by_language is None:
            raise CellError("json_in_cell")
        row.holder = limited(to_plain_text(next(iter(by_language.values()), "")), HOLDER_LIMIT)
        if SENTENCE.search(row.holder):
            row.notes.append(RowError(row.number, header, "not_a_name", row.holder[:VALUE_SHOWN]))
            row.holder = ""
        _refuse_what_leads_elsewhere(row.holder)
    elif column == "holder_number":
        numbers = numbers_in(limited(_without_mark(value), 100))
        row.holder_numbers += numbers
        kinds = {compact(number): kind_named(f"{header} {value}", compact(number)) for number in numbers}
        row.number_kinds |= {number: kind for number, kind in kinds.items() if kind}
    elif column == "holder_id":
        row.holder_id = limited(_without_mark(value), 100)
    else:
        read = fact(column, value)
        row.facts[column] = read.value
        if read.note:
            row.notes.append(RowError(row.number, header, read.note, value[:VALUE_SHOWN]))


def _refuse_what_leads_elsewhere(name: str) -> None:
    """A new holder stands on public pages and in mails under this name."""
    try:
        validate_name(name)
    except ValidationError as error:
        raise CellError("name_leads_elsewhere") from error


def _without_mark(value: str) -> str:
    """The apostrophe that makes an office program keep the zeros is no part of an id."""
    return value.lstrip("'’`") if value[1:2].isalnum() and value[0] in "'’`" else value


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
