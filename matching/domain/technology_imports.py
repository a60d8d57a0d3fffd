"""The life of one uploaded file: check, decision, import. Each step can be taken up again."""

import logging
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.errors import LASTING, MoveNotAllowedError
from kr_ru_platform.locks import lock_for_a_while
from matching.domain.import_encoding import ImportFileError
from matching.domain.import_files import estimate_rows
from matching.domain.import_rows import RowError
from matching.domain.intake import Batch, Intake, parsed_batches
from matching.domain.plain_text import storable
from matching.enums import ImportPolicy, ImportState
from matching.models import ImportRowError, TechnologyImport

logger = logging.getLogger(__name__)
LOCK_SPACE = 7201
PROGRESS_SECONDS = 3600
COUNTS = ("rows_done", "created_count", "updated_count", "unchanged_count", "error_count")
UNFINISHED = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.IMPORTING)


def upload_import(*, by: User, file: Any, name: str) -> TechnologyImport:
    return TechnologyImport.objects.create(uploaded_by=by, file=file, name=name[:255])


def decide_import(
    *, technology_import: TechnologyImport, by: User, policy: ImportPolicy, publish: bool
) -> TechnologyImport:
    with transaction.atomic():
        row = _locked(technology_import.pk)
        if row.state != ImportState.CHECKED:
            raise MoveNotAllowedError
        row.policy, row.publish = policy, publish
        row.uploaded_by = by
        if policy == ImportPolicy.ALL_OR_NOTHING and row.error_count:
            row.state, row.failure_code, row.finished_at = (
                ImportState.CANCELLED,
                "rows_have_errors",
                timezone.now(),
            )
        else:
            row.state = ImportState.IMPORTING
            _start_again(row)
        row.save()
    return row


def cancel_import(*, technology_import: TechnologyImport, by: User) -> TechnologyImport:
    with transaction.atomic():
        row = _locked(technology_import.pk)
        if row.state not in (ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED):
            raise MoveNotAllowedError
        row.state, row.finished_at = ImportState.CANCELLED, timezone.now()
        row.save()
    return row


def continue_import(*, import_id: int) -> TechnologyImport | None:
    """Do what the state asks for; nothing when another worker is at it or nothing is to be done."""
    with lock_for_a_while(LOCK_SPACE, import_id) as is_mine:
        row = TechnologyImport.objects.filter(pk=import_id).first() if is_mine else None
        if row is None or row.state not in UNFINISHED:
            return None
        try:
            if row.state == ImportState.IMPORTING:
                _import(row)
            else:
                _check(row)
        except ImportFileError as error:
            _fail(row, error.code, error.detail)
        except FileNotFoundError:
            _fail(row, "file_lost")
        except LASTING:
            logger.exception("Import %s failed.", import_id)
            _fail(row, "unexpected")
        return row


def rows_through(row: TechnologyImport) -> int:
    """How far the worker is. While all or nothing is written, the row itself cannot say it."""
    if row.state != ImportState.IMPORTING or row.policy != ImportPolicy.ALL_OR_NOTHING:
        return row.rows_done
    try:
        return int(cache.get(_progress_key(row)) or 0)
    except Exception:
        logger.warning("The cache cannot be read; the progress of import %s is not shown.", row.pk)
        return 0


def _tell_progress(row: TechnologyImport) -> None:
    try:
        cache.set(_progress_key(row), row.rows_done, PROGRESS_SECONDS)
    except Exception:
        logger.warning("The cache cannot be written; the progress of import %s is not shown.", row.pk)


def _progress_key(row: TechnologyImport) -> str:
    return f"import-{row.pk}-rows"


def _fail(row: TechnologyImport, code: str, detail: str = "") -> None:
    row.state, row.finished_at = ImportState.FAILED, timezone.now()
    row.failure_code, row.failure_detail = code, storable(detail)[:300]
    row.save()


def unfinished_imports() -> list[int]:
    return list(TechnologyImport.objects.filter(state__in=UNFINISHED).order_by("pk").values_list("pk", flat=True))


def _check(row: TechnologyImport) -> None:
    path = Path(row.file.path)
    row.state = ImportState.CHECKING
    row.rows_total = estimate_rows(path=path, name=row.name)
    _start_again(row)
    row.save()
    intake = Intake(by=row.uploaded_by, dry_run=True)
    for rows in parsed_batches(path=path, name=row.name):
        if not _record(row, intake.take(rows)):
            return
    _finish(row, intake, ImportState.CHECKED)


def _import(row: TechnologyImport) -> None:
    if row.policy == ImportPolicy.ALL_OR_NOTHING:
        # One transaction: a failure in the middle takes back everything.
        with transaction.atomic():
            _start_again(row)
            _import_rows(row)
    else:
        _import_rows(row)


def _import_rows(row: TechnologyImport) -> None:
    intake = Intake(by=row.uploaded_by, publish=row.publish)
    position, done = 0, row.rows_done
    for rows in parsed_batches(path=Path(row.file.path), name=row.name):
        position += len(rows)
        if position <= done:
            intake.skip(rows)
            continue
        with transaction.atomic():
            _record(row, intake.take(rows))
        if row.policy == ImportPolicy.ALL_OR_NOTHING:
            _tell_progress(row)
    _finish(row, intake, ImportState.DONE)


def _record(row: TechnologyImport, batch: Batch) -> bool:
    """Keep what a batch came to; False when the import was cancelled meanwhile."""
    row.rows_done += batch.rows
    row.created_count += batch.created
    row.updated_count += batch.updated
    row.unchanged_count += batch.unchanged
    row.error_count += batch.error_count
    row.rows_total = max(row.rows_total, row.rows_done)
    with transaction.atomic():
        _keep_errors(row, batch.errors)
        current = TechnologyImport.objects.filter(pk=row.pk, state=row.state)
        values = {name: getattr(row, name) for name in (*COUNTS, "rows_total")}
        return bool(current.update(**values, updated_at=timezone.now()))


def _finish(row: TechnologyImport, intake: Intake, state: ImportState) -> None:
    with transaction.atomic():
        _keep_errors(row, intake.notices())
        row.rows_total = row.rows_done
        row.state = state
        row.finished_at = timezone.now() if state == ImportState.DONE else None
        row.save()


def _keep_errors(row: TechnologyImport, errors: list[RowError]) -> None:
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


def _start_again(row: TechnologyImport) -> None:
    row.row_errors.all().delete()
    for name in COUNTS:
        setattr(row, name, 0)


def _locked(pk: int) -> TechnologyImport:
    return TechnologyImport.objects.select_for_update().get(pk=pk)
