"""Rows of a file → technologies: created, updated where something changed, or left as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from django.db import transaction

from accounts.models import User
from matching.domain.intake.deriving import derive
from matching.domain.intake.files.row_streams import AUTOMATIC, ReadingChoices, open_rows
from matching.domain.intake.import_rows import ParsedRow, RowError, parse_row
from matching.domain.intake.row_holders import HolderFinder
from matching.domain.intake.row_look_alikes import LookAlikes
from matching.domain.intake.technology_writing import RowChange, change_of, new_technology, write_changes, write_new
from matching.domain.technologies.publication import Origin, can_be_read
from matching.domain.technologies.technology_merging import technologies_by_external_id
from matching.enums import PublicationKind, TechnologyState
from matching.models import Technology

BATCH = 500
DRAFTS = (TechnologyState.DRAFT, TechnologyState.IN_REVIEW)
# Notes that stop nothing; every other code is an error of its row.
NOTICE_CODES = frozenset(
    {
        "rows_without_id",
        "rows_without_summary",
        "texts_shortened",
        "unused_column",
        "new_holder",
        "unchecked_holder",
        "disclosure_kept",
        "formula_without_value",
        "merged_cell",
        "not_a_name",
        "trl_range",
        "ipr_read_as",
        "unknown_holder",
        "undecided_holder",
        "holder_named_otherwise",
        "holder_known_by_number",
        "holder_change",
        "other_holder",
        "looks_like_id",
        "looks_like_id_in_file",
        "looks_like_row",
        "looks_like_technology",
        "other_sheets",
        "draft_would_be_public",
        "stays_draft_changed",
        "stays_draft_own",
        "stays_draft_repeats",
        "stays_draft_unreadable",
    }
)


@dataclass(slots=True)
class BatchReport:
    """What happened, or in a dry run would happen, to some rows."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def error_count(self) -> int:
        return sum(error.code not in NOTICE_CODES for error in self.errors)

    def add(self, other: "BatchReport") -> None:
        self.rows += other.rows
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged


class Intake:
    """Takes one file in, batch after batch; remembers only what later rows depend on."""

    def __init__(
        self,
        *,
        by: User | None,
        publish: bool = False,
        dry_run: bool = False,
        disclosure: str = "",
        change_holders: bool = False,
        other_sheets: Sequence[str] = (),
    ) -> None:
        """`disclosure`: the level of new technologies whose row states none."""
        self.by, self.publish, self.dry_run, self.disclosure = by, publish, dry_run, disclosure
        self.other_sheets = other_sheets
        # By whose decision it is published; a command has the operator's own.
        self.origin = Origin(PublicationKind.COMMAND, approved_by=by, publishes=publish)
        # What a dry run has told of drafts that are there: their revisions, by key.
        self.drafts: dict[str, int] = {}
        self.seen: set[bytes] = set()
        self.holders = HolderFinder(by, dry_run, change_holders)
        self.look_alikes = LookAlikes()
        self.unused_columns: set[str] = set()
        self.rows_without_id = self.texts_shortened = self.rows_without_summary = 0

    def remember(self, rows: list[ParsedRow]) -> None:
        """Note what the file holds, and mark rows whose external id came before."""
        for row in rows:
            if not row.external_id and not row.texts and not row.errors:
                row.errors.append(RowError(row.number, "", "no_text"))
            self.unused_columns.update(row.unused_columns[: 100 - len(self.unused_columns)])
            self.texts_shortened += row.shortened
            if not row.external_id:
                self.rows_without_id += not row.errors
                continue
            key = blake2b(row.external_id.encode(), digest_size=8).digest()
            if key in self.seen:
                row.errors.append(RowError(row.number, row.id_column, "duplicate_id", row.external_id))
            self.seen.add(key)

    def skip(self, rows: list[ParsedRow]) -> None:
        """Rows that are through already: what later rows depend on is remembered."""
        self.remember(rows)
        self.look_alikes.note_rows(rows)

    def take(self, rows: list[ParsedRow]) -> BatchReport:
        self.remember(rows)
        batch = BatchReport(rows=len(rows))
        with transaction.atomic():
            stored = self._stored([row.external_id for row in rows if row.external_id and not row.errors])
            self.look_alikes.note_rows(rows, stored)
            for row in rows:
                self._complete(row, stored.get(row.external_id))
            good = [row for row in rows if not row.errors]
            self.holders.find(good, stored)
            good = [row for row in good if not row.errors]
            self.look_alikes.note_stored(good, stored, by_meaning=self.dry_run)
            new = [row for row in good if row.external_id not in stored]
            changes = self._changes([row for row in good if row.external_id in stored], stored)
            if self.dry_run:
                self._list_drafts(good, stored, changes)
            self._count(batch, new, changes)
            taken = len(new) + sum(not change.row.errors for change in changes)
            batch.unchanged += sum(not row.errors for row in good) - taken
            if not self.dry_run:
                write_new([self._new(row) for row in new], [row.texts for row in new], by=self.by, origin=self.origin)
                write_changes([change for change in changes if change.is_real], by=self.by, origin=self.origin)
        batch.errors += [error for row in rows for error in (*row.errors, *row.notes)]
        return batch

    def _changes(self, rows: list[ParsedRow], stored: dict[str, Technology]) -> list[RowChange]:
        """Without what belongs to somebody else: that is left alone unless it was asked for."""
        changes = []
        for row in rows:
            technology = stored[row.external_id]
            holder, is_applied = self.holders.settle(row, technology)
            if is_applied:
                changes.append(change_of(technology, row, holder, origin=self.origin))
        return changes

    def _list_drafts(self, rows: list[ParsedRow], stored: dict[str, Technology], changes: list[RowChange]) -> None:
        """Whoever publishes the file publishes them as they stand now, and nothing that comes into them later."""
        new_texts = {change.technology.pk: change.new_texts for change in changes}
        for row in rows:
            technology = stored.get(row.external_id)
            if technology is None or row.errors or technology.state not in DRAFTS:
                continue
            self.drafts[str(technology.pk)] = technology.revision
            if can_be_read([*technology.texts.all(), *new_texts.get(technology.pk, ())]):
                row.notes.append(RowError(row.number, row.id_column, "draft_would_be_public", row.external_id))

    def _complete(self, row: ParsedRow, technology: Technology | None) -> None:
        if row.errors:
            return
        if technology is None and not row.texts:
            row.errors.append(RowError(row.number, "", "no_text"))
            return
        if technology is None and self.disclosure:
            row.facts.setdefault("disclosure", self.disclosure)
        derive(row, technology)
        self.rows_without_summary += bool(row.summaries_missing and not row.errors)

    def notices(self) -> list[RowError]:
        """Remarks about the file as a whole, once all rows are through."""
        notices = [RowError(0, column[:100], "unused_column") for column in sorted(self.unused_columns)]
        notices += [RowError(0, "", "other_sheets", name[:100]) for name in self.other_sheets]
        if self.rows_without_id:
            notices.append(RowError(0, "external_id", "rows_without_id", str(self.rows_without_id)))
        if self.rows_without_summary:
            notices.append(RowError(0, "summary", "rows_without_summary", str(self.rows_without_summary)))
        if self.texts_shortened:
            notices.append(RowError(0, "title", "texts_shortened", str(self.texts_shortened)))
        return notices

    def _new(self, row: ParsedRow) -> Technology:
        return new_technology(row, self.holders.for_new(row), owner=self.by, publish=self.publish)

    def _count(self, batch: BatchReport, new: list[ParsedRow], changes: list[RowChange]) -> None:
        batch.created += len(new)
        batch.updated += sum(change.is_real for change in changes)
        batch.unchanged += sum(not change.is_real and not change.row.errors for change in changes)

    def _stored(self, ids: list[str]) -> dict[str, Technology]:
        return technologies_by_external_id(ids, is_locked=not self.dry_run)


def parsed_batches(*, path: Path, name: str, reading: ReadingChoices = AUTOMATIC) -> Iterator[list[ParsedRow]]:
    found = open_rows(path=path, name=name, reading=reading)
    rows = (parse_row(source, found.columns) for source in found.rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
