"""Rows of a file → technologies: created, updated where something changed, or left as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.domain.confirmation import known_to_centre
from accounts.enums import Country, OrganisationKind
from accounts.models import Organisation, User
from kr_ru_platform.words.folding import detect_language
from matching.domain.import_deriving import derive
from matching.domain.import_files import AUTOMATIC, Reading, open_rows
from matching.domain.import_rows import ParsedRow, RowError, parse_row
from matching.domain.import_writing import Change, change_of, new_technology, write_changes, write_new
from matching.domain.publication import Origin
from matching.enums import PublicationKind
from matching.models import Technology

BATCH = 500
NOT_YET_CREATED = 0
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
    }
)
KIND_WORDS = {
    OrganisationKind.UNIVERSITY: r"universi|politecnic|университет|대학|вуз\b",
    OrganisationKind.COMPANY: (
        r"㈜|\(주\)|주식회사|\b(?:ООО|АО|ПАО|ЗАО|LLC|Ltd|Inc|Corp|GmbH|Srl|SpA)\b|\bS\.(?:r\.l|p\.A)\b"
    ),
}


@dataclass(slots=True)
class Batch:
    """What happened, or in a dry run would happen, to some rows."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def error_count(self) -> int:
        return sum(error.code not in NOTICE_CODES for error in self.errors)

    def add(self, other: "Batch") -> None:
        self.rows += other.rows
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged


class Intake:
    """Takes one file in, batch after batch; remembers only what later rows depend on."""

    def __init__(self, *, by: User | None, publish: bool = False, dry_run: bool = False, disclosure: str = "") -> None:
        """`disclosure`: the level of new technologies whose row states none."""
        self.by, self.publish, self.dry_run, self.disclosure = by, publish, dry_run, disclosure
        # By whose decision it is published; a command has the operator's own.
        self.origin = Origin(PublicationKind.COMMAND, approved_by=by, publishes=publish)
        self.seen: set[bytes] = set()
        self.holders: dict[str, int | None] = {}
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

    def take(self, rows: list[ParsedRow]) -> Batch:
        self.remember(rows)
        batch = Batch(rows=len(rows))
        with transaction.atomic():
            stored = self._stored([row.external_id for row in rows if row.external_id and not row.errors])
            for row in rows:
                self._complete(row, stored.get(row.external_id))
            good = [row for row in rows if not row.errors]
            batch.errors += self._find_holders(good)
            new = [row for row in good if row.external_id not in stored]
            changes = [
                change_of(stored[row.external_id], row, self._holder_of(row), publish=self.publish)
                for row in good
                if row.external_id in stored
            ]
            self._count(batch, new, changes)
            if not self.dry_run:
                write_new([self._new(row) for row in new], [row.texts for row in new], by=self.by, origin=self.origin)
                write_changes([change for change in changes if change.is_real], by=self.by, origin=self.origin)
        batch.errors += [error for row in rows for error in (*row.errors, *row.notes)]
        return batch

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
        if self.rows_without_id:
            notices.append(RowError(0, "external_id", "rows_without_id", str(self.rows_without_id)))
        if self.rows_without_summary:
            notices.append(RowError(0, "summary", "rows_without_summary", str(self.rows_without_summary)))
        if self.texts_shortened:
            notices.append(RowError(0, "title", "texts_shortened", str(self.texts_shortened)))
        return notices

    def _new(self, row: ParsedRow) -> Technology:
        return new_technology(row, self._holder_of(row), owner=self.by, publish=self.publish)

    def _holder_of(self, row: ParsedRow) -> int | None:
        return self.holders.get(holder_key(row.holder))

    def _count(self, batch: Batch, new: list[ParsedRow], changes: list[Change]) -> None:
        batch.created += len(new)
        batch.updated += sum(change.is_real for change in changes)
        batch.unchanged += sum(not change.is_real and not change.row.errors for change in changes)

    def _stored(self, ids: list[str]) -> dict[str, Technology]:
        found = Technology.objects.filter(external_id__in=ids).order_by("pk").prefetch_related("texts")
        if not self.dry_run:
            found = found.select_for_update()
        return {technology.external_id: technology for technology in found}

    def _find_holders(self, rows: list[ParsedRow]) -> list[RowError]:
        """Look up the holders named in these rows; those that nobody knows are created."""
        unknown = {holder_key(row.holder): row for row in rows if row.holder}
        unknown = {key: row for key, row in unknown.items() if key not in self.holders}
        if not unknown:
            return []
        known = known_holders({row.holder for row in unknown.values()})
        self.holders |= known
        notices = []
        for key, row in unknown.items():
            if key in known and known[key] is None:
                notices.append(RowError(row.number, "holder", "unchecked_holder", row.holder))
            elif key not in self.holders:
                self.holders[key] = NOT_YET_CREATED if self.dry_run else create_holder(row, by=self.by).pk
                notices.append(RowError(row.number, "holder", "new_holder", row.holder))
        return notices


def holder_key(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold()


def known_holders(names: set[str]) -> dict[str, int | None]:
    """Organisations by their names. None for one that registered itself and holds nothing yet:
    anybody may take an institute's name, and a holder reads its drafts and protected texts."""
    keys = [holder_key(name) for name in names]
    columns = ("name_ko", "name_ru", "name_en")
    found: dict[str, int | None] = {}
    lowered = {f"lower_{column}": Lower(column) for column in columns}
    asked = Q(external_id__in=names)
    for column in lowered:
        asked |= Q(**{f"{column}__in": keys})
    is_unchecked = Q(external_id="", technologies__isnull=True, memberships__isnull=False)
    rows = Organisation.objects.alias(**lowered).filter(asked).order_by("-pk")
    unchecked = set(rows.filter(is_unchecked).values_list("pk", flat=True))
    for pk, *known in rows.values_list("pk", "external_id", *columns):
        for name in filter(None, known):
            if pk not in unchecked or found.get(holder_key(name)) is None:
                found[holder_key(name)] = None if pk in unchecked else pk
    return found


def create_holder(row: ParsedRow, *, by: User | None) -> Organisation:
    language = detect_language(row.holder, "en")
    kinds = (kind for kind, words in KIND_WORDS.items() if re.search(words, row.holder, re.IGNORECASE))
    kind = next(kinds, OrganisationKind.INSTITUTE)
    return Organisation.objects.create(
        **{f"name_{language}": row.holder},
        kind=kind,
        country=row.facts.get("country") or Country.OTHER,
        is_name_masked=kind == OrganisationKind.COMPANY,
        **known_to_centre(by=by),
    )


def parsed_batches(*, path: Path, name: str, reading: Reading = AUTOMATIC) -> Iterator[list[ParsedRow]]:
    found = open_rows(path=path, name=name, reading=reading)
    rows = (parse_row(source, found.columns) for source in found.rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
