"""How an uploaded file is understood, shown before anything of it is stored, and what a person says about it."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from accounts.models import User
from matching.domain.intake.files.encodings import ImportFileError, guess_encoding, sample_lines
from matching.domain.intake.files.headings import guessed_column
from matching.domain.intake.files.row_streams import FileRows, ReadingChoices, open_rows, with_samples
from matching.domain.texts.plain_text import storable
from matching.models import ImportMapping, TechnologyImport


def reading_of(row: TechnologyImport) -> ReadingChoices:
    said = row.reading or {}
    return ReadingChoices(
        str(said.get("sheet", "")),
        int(said.get("header_row") or 0),
        str(said.get("encoding", "")),
        dict(said.get("columns") or {}),
    )


def understand(row: TechnologyImport) -> tuple[ReadingChoices, bool]:
    """Look at the file and note what is in it; whether a person has to say more before it can be checked."""
    path, reading = Path(row.file.path), reading_of(row)
    try:
        found = open_rows(path=path, name=row.name, reading=reading)
    except ImportFileError as error:
        if error.code == "uncertain_encoding":
            row.layout = _uncertain(path)
            return reading, True
        raise
    if found.columns is None:
        found.rows.close()  # type: ignore[attr-defined]
        row.layout = {"encoding": found.encoding}
        return reading, False
    if not reading.columns and (mapping := _remembered(row.uploaded_by, list(found.columns))):
        known = dict(mapping.columns)
        row.reading_authors.add(*mapping.authors.all())
        reading = ReadingChoices(reading.sheet, reading.header_row, reading.encoding, known)
        found.rows.close()  # type: ignore[attr-defined]
        found = open_rows(path=path, name=row.name, reading=reading)
        row.reading = {**(row.reading or {}), "columns": known}
    row.layout = _layout(with_samples(found))
    found.rows.close()  # type: ignore[attr-defined]
    has_use = found.has_text or any(column == "external_id" for column, _ in (found.columns or {}).values())
    return reading, not has_use


def remember(*, sender: User, names: list[str], columns: dict[str, str], authors: Iterable[User]) -> None:
    mapping, _is_new = ImportMapping.objects.update_or_create(
        sender=sender, fingerprint=_fingerprint(names), defaults={"columns": columns}
    )
    mapping.authors.add(*authors)


def _remembered(sender: User | None, names: list[str]) -> ImportMapping | None:
    known = ImportMapping.objects.filter(sender=sender, fingerprint=_fingerprint(names)).first() if sender else None
    return known if known and known.columns else None


def _fingerprint(names: list[str]) -> str:
    return sha256("\x1f".join(names).encode()).hexdigest()


def _layout(found: FileRows) -> dict[str, Any]:
    columns = found.columns or {}
    return {
        "sheet": found.sheet,
        "sheets": [sheet.name for sheet in found.sheets if not sheet.is_hidden or sheet.name == found.sheet],
        "other_sheets": found.other_sheets,
        "header_row": found.header_row,
        "encoding": found.encoding,
        "columns": [
            {
                "name": storable(name),
                "target": "_".join(filter(None, column)),
                "guess": guessed_column(name),
                "samples": [storable(value) for value in found.samples.get(name, ())],
            }
            for name, column in columns.items()
        ],
    }


def _uncertain(path: Path) -> dict[str, Any]:
    guess = guess_encoding(path)
    return {
        "encoding": "",
        "possible": list(guess.possible),
        "lines": {name: [storable(line) for line in sample_lines(path, name)] for name in guess.possible},
    }
