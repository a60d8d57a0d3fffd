"""JSON Lines: one object a line. Objects within it are read by what they name, never kept as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kr_ru_platform.words.reading.folding import without_case
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import ERROR_VALUE, MAX_CELL, SourceRow, clean_cell
from matching.domain.intake.files.headings import TEXT_COLUMNS, column_of, language_of

# What an object calls its main value: {"name": "Institute"}, {"code": "licence"}.
MAIN = ("name", "value", "text", "label", "title", "code", "level", "url", "id", "content")
LANGUAGE_KEYS = ("lang", "language", "locale", "언어", "язык")
KEY_LIMIT, DEPTH = 100, 6


def read_jsonl(path: Path, encoding: str) -> Iterator[SourceRow]:
    with path.open(encoding=encoding) as file:
        # readline with a limit: a file without line ends must not be read whole.
        is_first = True
        for number, line in enumerate(iter(lambda: file.readline(20 * MAX_CELL), ""), start=1):
            text = line.strip().lstrip("\ufeff")
            if not text:
                continue
            if is_first and not text.startswith("{"):
                raise ImportFileError("not_jsonl")
            is_first = False
            yield _row(number, text)


class _DoubleNameError(Exception):
    """One of two values would be lost."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            raise _DoubleNameError("double_header")
    return found


def _row(number: int, line: str) -> SourceRow:
    try:
        # Numbers stay as they are written: 1e5 is no id, and 10.50 no 10.5.
        data = json.loads(line, object_pairs_hook=_object, parse_float=str, parse_constant=str)
    except _DoubleNameError as error:
        return SourceRow(number, {}, str(error))
    except (ValueError, RecursionError):
        return SourceRow(number, {}, "not_json")
    if not isinstance(data, dict):
        return SourceRow(number, {}, "not_an_object")
    values: dict[str, str] = {}
    kinds: dict[str, str] = {}
    try:
        for path, value in _leaves(data, ()):
            heading = _heading(path)
            # A holder's name in several languages is one holder, not all of them in a row.
            if not (values.get(heading) and column_of(heading)[0] == "holder" and any(map(language_of, path))):
                _take(values, kinds, heading, value)
    except RecursionError:
        return SourceRow(number, {}, "not_json")
    return SourceRow(number, values, "", kinds)


def _take(values: dict[str, str], kinds: dict[str, str], heading: str, value: Any) -> None:
    text = "" if value is None else clean_cell(str(value))
    if values.get(heading) and text:
        text = f"{values[heading]}, {text}"
    values[heading] = text or values.get(heading, "")
    if isinstance(value, bool):
        kinds[heading] = "boolean"
    elif ERROR_VALUE.fullmatch(text):
        kinds[heading] = "error"
    if len(text) > MAX_CELL:
        values[heading], kinds[heading] = "", "long"


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if len(path) > DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        own = _own_language(value)
        for key, item in value.items():
            if own and key in LANGUAGE_KEYS:
                continue
            yield from _leaves(item, (*path, *own, str(key)[:KEY_LIMIT]))
        if not value and path:
            yield path, None
    elif isinstance(value, list):
        for item in value or [None]:
            yield from _leaves(item, path)
    else:
        yield path, value


def _own_language(value: dict[str, Any]) -> tuple[str, ...]:
    """{"language": "ko", "title": …} inside a list of texts; the row's own language is a column instead."""
    for key in LANGUAGE_KEYS:
        said = value.get(key)
        if isinstance(said, str) and language_of(said) and "id" not in value and "external_id" not in value:
            return (said,)
    return ()


def _heading(path: tuple[str, ...]) -> str:
    """ "title", "ko" → title_ko; "holder", "name" → holder; "texts", "ru", "title" → title_ru."""
    if len(path) == 1:
        return path[0]
    languages = [code for part in path if (code := language_of(part))]
    names = [part for part in path if not language_of(part)]
    known = [part for part in names if column_of(part)[0]]
    if not known:
        return ".".join(path)[:KEY_LIMIT]
    outer, inner = column_of(known[0])[0], column_of(names[-1])[0]
    if outer == "holder" or inner in ("holder_number", "holder_id"):
        return _heading_of_holder(names, path)
    name = known[0] if names[-1] in MAIN and len(names) > 1 and known[0] != names[-1] else names[-1]
    column = column_of(name)[0]
    if not column:
        return ".".join(path)[:KEY_LIMIT]
    if languages and column in TEXT_COLUMNS:
        return f"{column}_{languages[-1]}"
    return name


def _heading_of_holder(names: list[str], path: tuple[str, ...]) -> str:
    last = without_case(names[-1])
    if len(names) == 1 or last in ("name", "title", "label", "value") or column_of(last)[0] == "holder":
        return names[0]
    if column_of(last)[0] == "holder_number":
        return last
    if last in ("id", "code", "external_id"):
        return "holder_id"
    return column_of(last)[0] if column_of(last)[0] == "country" else ".".join(path)[:KEY_LIMIT]


def flattened_text(value: str) -> dict[str, str] | None:
    """The text by language, where a cell holds an object written out; None for one that cannot be a text."""
    if value[:1] not in "{[" or value[-1:] not in "}]" or len(value) < 2:
        return {"": value}
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return {"": value}
    if isinstance(data, list) and all(isinstance(item, str) for item in data):
        return {"": ", ".join(data)}
    if not isinstance(data, dict) or not all(isinstance(item, str) for item in data.values()):
        return None
    found = {str(language_of(key)): text for key, text in data.items() if language_of(key)}
    if len(found) == len(data) and found:
        return found
    main = next((data[key] for key in MAIN if key in data), None)
    return {"": main} if main else None
