"""The life of one uploaded file: check, decision, import. Each step can be taken up again."""

import logging
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.running.lock_numbers import IMPORTS
from kr_ru_platform.running.locks import lock_for_a_while
from kr_ru_platform.saving.errors import LASTING, MoveNotAllowedError
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, save_revision
from matching.domain.intake.batches import NOTICE_CODES, BatchReport, Intake, parsed_batches
from matching.domain.intake.file_layout import reading_of, remember, understand
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.row_streams import ReadingChoices, estimate_rows
from matching.domain.intake.import_progress import keep_errors, tell_progress
from matching.domain.intake.import_rows import RowError
from matching.domain.intake.row_holders import Listed
from matching.domain.technologies.publication import Origin, refusal_of_import
from matching.domain.texts.plain_text import storable
from matching.enums import ImportPolicy, ImportState, PublicationKind
from matching.models import TechnologyImport

logger = logging.getLogger(__name__)
COUNTS = ("rows_done", "created_count", "updated_count", "unchanged_count", "error_count")
# What was interrupted is checked again from where it stood; what failed, when somebody says how to read the file.
MOVES = Moves(
    {
        ImportState.UPLOADED: [ImportState.ASKING, ImportState.CHECKING, ImportState.FAILED, ImportState.CANCELLED],
        ImportState.CHECKING: [
            ImportState.ASKING,
            ImportState.CHECKING,
            ImportState.CHECKED,
            ImportState.FAILED,
            ImportState.CANCELLED,
        ],
        ImportState.ASKING: [ImportState.UPLOADED, ImportState.CANCELLED],
        ImportState.CHECKED: [ImportState.UPLOADED, ImportState.IMPORTING, ImportState.CANCELLED],
        ImportState.IMPORTING: [ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED],
        ImportState.FAILED: [ImportState.UPLOADED],
    }
)
# What the worker goes on with.
UNFINISHED = (ImportState.UPLOADED, ImportState.CHECKING, ImportState.IMPORTING)


class Cancelled(Exception):  # noqa: N818
    """Somebody has cancelled: what is not committed yet is taken back."""


class NotAllError(Exception):
    """A row that was good when it was checked is an error now; `args[0]` are the errors of its batch."""


def upload_import(*, by: User, file: Any, name: str) -> TechnologyImport:
    return TechnologyImport.objects.create(uploaded_by=by, file=file, name=name[:255])


@dataclass(frozen=True)
class ImportDecision:
    policy: ImportPolicy
    publish: bool
    reason: str = ""
    change_holders: bool = False


def decide_import(
    *, technology_import: TechnologyImport, by: User, said: ImportDecision, expected_revision: int | None = None
) -> TechnologyImport:
    """To publish at once it takes somebody else than who uploaded the file, or a programme manager's reason."""
    with transaction.atomic():
        row = _locked(technology_import, expected_revision)
        MOVES.check(row, ImportState.IMPORTING)
        if said.publish and (refusal := refusal_of_import(authors=row.authors, by=by, reason=said.reason)):
            raise MoveNotAllowedError(row, ImportState.IMPORTING, refusal=refusal)
        row.policy, row.publish, row.can_change_holders = said.policy, said.publish, said.change_holders
        row.decided_by, row.publish_reason = by, said.reason.strip()
        if said.policy == ImportPolicy.ALL_OR_NOTHING and row.error_count:
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
    """At any time before the end; what an import of the good rows has written by then stays."""
    with transaction.atomic():
        row = _locked(technology_import)
        MOVES.check(row, ImportState.CANCELLED)
        if row.state == ImportState.IMPORTING and row.rows_done:
            row.failure_code = "cancelled_midway"
        row.state, row.finished_at = ImportState.CANCELLED, timezone.now()
        row.save()
    return row


def set_reading(
    *, technology_import: TechnologyImport, by: User, reading: ReadingChoices, expected_revision: int | None = None
) -> TechnologyImport:
    """How a person says that the file is to be read; it is looked at again, and the columns are remembered."""
    with transaction.atomic():
        row = _locked(technology_import, expected_revision)
        MOVES.check(row, ImportState.UPLOADED)
        row.reading = asdict(reading)
        row.reading_authors.add(by)
        if reading.columns:
            names = [column["name"] for column in row.layout.get("columns", ())]
            authors = row.reading_authors.all()
            remember(sender=row.uploaded_by or by, names=names, columns=reading.columns, authors=authors)
        row.state, row.failure_code, row.failure_detail, row.finished_at = ImportState.UPLOADED, "", "", None
        save_revision(row, by=by)
    return row


def continue_import(*, import_id: int) -> TechnologyImport | None:
    """Do what the state asks for, to the end; nothing when another worker is at it or nothing is to be done."""
    steps = work_on(import_id=import_id)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def work_on(*, import_id: int) -> Generator[None, None, TechnologyImport | None]:
    """The same, resting after each batch so that others have their turn."""
    with lock_for_a_while(IMPORTS, import_id) as is_mine:
        row = TechnologyImport.objects.filter(pk=import_id).first() if is_mine else None
        if row is None or row.state not in UNFINISHED:
            return None
        try:
            yield from _import(row) if row.state == ImportState.IMPORTING else _check(row)
        except Cancelled:
            pass
        except ImportFileError as error:
            _fail(row, error)
        except FileNotFoundError:
            _fail(row, ImportFileError("file_lost"))
        except LASTING:
            logger.exception("Import %s failed.", import_id)
            _fail(row, ImportFileError("unexpected"))
        return row


def _fail(row: TechnologyImport, error: ImportFileError) -> None:
    place = {"row": error.row, "column": storable(error.column)[:100]}
    detail = storable("" if error.detail == str(error.row) else error.detail)[:300]
    row.state, row.finished_at, row.layout = ImportState.FAILED, timezone.now(), {**row.layout, "failure": place}
    row.failure_code, row.failure_detail = error.code, detail
    names = ("state", "finished_at", "layout", "failure_code", "failure_detail")
    values = {name: getattr(row, name) for name in names}
    TechnologyImport.objects.filter(pk=row.pk, state__in=UNFINISHED).update(**values, updated_at=timezone.now())


def unfinished_imports() -> list[int]:
    return list(TechnologyImport.objects.filter(state__in=UNFINISHED).order_by("pk").values_list("pk", flat=True))


def _check(row: TechnologyImport) -> Generator[None, None, None]:
    path = Path(row.file.path)
    row.rows_total = estimate_rows(path=path, name=row.name)
    _start_again(row)
    reading, must_ask = understand(row)
    _go_on(row, ImportState.ASKING if must_ask else ImportState.CHECKING)
    if must_ask:
        return
    intake = Intake(by=row.uploaded_by, dry_run=True, other_sheets=row.layout.get("other_sheets", ()))
    for rows in parsed_batches(path=path, name=row.name, reading=reading):
        if not _record(row, intake.take(rows)):
            raise Cancelled
        yield
    row.listed_holders, row.seen_drafts = asdict(intake.holders.told), intake.drafts
    _finish(row, intake, ImportState.CHECKED)


def _import(row: TechnologyImport) -> Generator[None, None, None]:
    if row.policy == ImportPolicy.ALL_OR_NOTHING:
        # One transaction: a failure in the middle takes back everything. It cannot rest in between.
        try:
            with transaction.atomic():
                _start_again(row)
                for _step in _import_rows(row):
                    pass
        except NotAllError as error:
            _take_back(row, error.args[0])
    else:
        yield from _import_rows(row)


def _take_back(row: TechnologyImport, errors: list[RowError]) -> None:
    """Nothing of it is stored; what stood in the way is told."""
    with transaction.atomic():
        MOVES.check(_locked(row), ImportState.CANCELLED)
        _start_again(row)
        keep_errors(row, errors)
        row.error_count = sum(error.code not in NOTICE_CODES for error in errors)
        row.state, row.failure_code, row.finished_at = ImportState.CANCELLED, "rows_have_errors", timezone.now()
        row.save()


def _import_rows(row: TechnologyImport) -> Generator[None, None, None]:
    # Nothing is noted of a check from before holders were listed.
    listed = Listed(**row.listed_holders) if row.listed_holders else None
    by = row.decided_by or row.uploaded_by
    intake = Intake(by=by, publish=row.publish, change_holders=row.can_change_holders)
    intake.holders.allowed = listed
    intake.origin = Origin(
        PublicationKind.IMPORT,
        proposed_by=row.authors,
        approved_by=row.decided_by,
        reason=row.publish_reason if row.publish else "",
        technology_import=row,
        publishes=row.publish,
        seen_drafts=row.seen_drafts,
    )
    position, done = 0, row.rows_done
    for rows in parsed_batches(path=Path(row.file.path), name=row.name, reading=reading_of(row)):
        position += len(rows)
        if position <= done:
            intake.skip(rows)
            continue
        with transaction.atomic():
            batch = intake.take(rows)
            if batch.error_count and row.policy == ImportPolicy.ALL_OR_NOTHING:
                raise NotAllError(batch.errors)
            if listed is not None:
                row.listed_holders["made"] = listed.made
            if not _record(row, batch):
                raise Cancelled
        if row.policy == ImportPolicy.ALL_OR_NOTHING:
            tell_progress(row)
        yield
    _finish(row, intake, ImportState.DONE)


def _go_on(row: TechnologyImport, state: ImportState) -> None:
    """The next state, unless somebody has cancelled meanwhile."""
    with transaction.atomic():
        if not MOVES.allows(_locked(row).state, state):
            raise Cancelled
        row.state = state
        row.save()


def _record(row: TechnologyImport, batch: BatchReport) -> bool:
    """Keep what a batch came to; False when the import was cancelled meanwhile."""
    row.rows_done += batch.rows
    row.created_count += batch.created
    row.updated_count += batch.updated
    row.unchanged_count += batch.unchanged
    row.error_count += batch.error_count
    row.rows_total = max(row.rows_total, row.rows_done)
    with transaction.atomic():
        keep_errors(row, batch.errors)
        current = TechnologyImport.objects.filter(pk=row.pk, state=row.state)
        if row.state == ImportState.IMPORTING and row.policy == ImportPolicy.ALL_OR_NOTHING:
            # The row itself is left free, so that somebody can cancel while the one transaction lasts.
            return current.exists()
        values = {name: getattr(row, name) for name in (*COUNTS, "rows_total", "listed_holders")}
        return bool(current.update(**values, updated_at=timezone.now()))


def _finish(row: TechnologyImport, intake: Intake, state: ImportState) -> None:
    with transaction.atomic():
        if _locked(row).state != row.state:
            raise Cancelled
        keep_errors(row, intake.notices())
        row.rows_total = row.rows_done
        row.state = state
        row.finished_at = timezone.now() if state == ImportState.DONE else None
        save_revision(row, by=row.decided_by)


def _start_again(row: TechnologyImport) -> None:
    row.row_errors.all().delete()
    for name in COUNTS:
        setattr(row, name, 0)


def _locked(technology_import: TechnologyImport, expected_revision: int | None = None) -> TechnologyImport:
    # Rows with errors may be added meanwhile: they only need the key to stay.
    return locked_row(technology_import, expected_revision, no_key=True)
