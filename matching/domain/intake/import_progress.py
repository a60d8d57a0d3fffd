"""How far the worker is with a file, and what it has noted about its rows."""

from django.core.cache import cache

from matching.domain.intake.import_rows import RowError
from matching.domain.texts.plain_text import storable
from matching.enums import ImportPolicy, ImportState
from matching.models import ImportRowError, TechnologyImport

PROGRESS_SECONDS = 3600


def rows_through(row: TechnologyImport) -> int:
    """While all or nothing is written, the row itself cannot say it."""
    if row.state != ImportState.IMPORTING or row.policy != ImportPolicy.ALL_OR_NOTHING:
        return row.rows_done
    return int(cache.get(_progress_key(row), 0))


def tell_progress(row: TechnologyImport) -> None:
    cache.set(_progress_key(row), row.rows_done, PROGRESS_SECONDS)


def _progress_key(row: TechnologyImport) -> str:
    return f"import-{row.pk}-rows"


def keep_errors(row: TechnologyImport, errors: list[RowError]) -> None:
    ImportRowError.objects.bulk_create(
        ImportRowError(
            technology_import=row,
            row=error.row,
            column=storable(error.column)[:100],
            code=error.code,
            value=storable(error.value)[:300],
        )
        for error in errors
    )
