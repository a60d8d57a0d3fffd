"""Import technologies from a CSV, XLSX or JSONL file."""

import json
from argparse import ArgumentParser
from collections import deque
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from matching.domain.intake.batches import NOTICE_CODES, BatchReport, Intake, parsed_batches
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.row_streams import ReadingChoices, is_target, open_rows
from matching.domain.intake.import_rows import RowError
from matching.enums import DisclosureLevel
from matching.models import Technology
from matching.nudge import nudge_matching
from matching.wording.imports import failure_message, message_for

SHOWN_ERRORS = 50
NOT_USED = ("", "-", "ignore")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only show what would happen")
        parser.add_argument("--json", action="store_true", help="print what happened as one JSON object, nothing else")
        parser.add_argument("--all-or-nothing", action="store_true", help="import nothing if any row is bad")
        parser.add_argument("--publish", action="store_true", help="publish instead of keeping drafts")
        parser.add_argument("--owner", metavar="EMAIL", help="curator in charge of what is created")
        parser.add_argument(
            "--disclosure",
            choices=DisclosureLevel.values,
            default="",
            help="who may read the full texts of new technologies whose row does not say it (members unless given)",
        )
        parser.add_argument(
            "--change-holders",
            action="store_true",
            help="let rows give technologies that are there already to another holder",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a heading of the file means, for example '핵심내용=summary' or 'Назв.=title_ru'; "
            "FIELD '-' leaves the column out",
        )
        parser.add_argument("--sheet", default="", help="name of the sheet to read")
        parser.add_argument("--header-row", type=int, default=0, help="row with the names of the columns")
        parser.add_argument("--encoding", default="", help="encoding of a text file, for example cp949")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("No such file: %(path)s") % {"path": path})
        _require_schema()
        owner = self._owner(options["owner"])
        reading = _reading(options)
        try:
            total = self._run(path, reading, owner, options)
        except ImportFileError as error:
            failed = BatchReport(errors=[RowError(error.row, error.column, error.code, error.detail)])
            if options["json"]:
                self._say_json(failed)
            raise CommandError(failure_message(error.code, error.detail, error.row, error.column)) from error
        if options["json"]:
            self._say_json(total)
        else:
            self._say(total, is_dry=options["dry_run"])
        if not options["dry_run"]:
            nudge_matching()
        if total.error_count:
            raise CommandError(_bad_rows(total))

    def _run(self, path: Path, reading: ReadingChoices, owner: User | None, options: dict[str, Any]) -> BatchReport:
        found = open_rows(path=path, name=path.name, reading=reading)
        if found.columns is not None and not found.has_known:
            raise ImportFileError("no_known_column", ", ".join(found.columns)[:300], row=found.header_row)
        if not options["json"]:
            self._say_how(found)
        if not options["dry_run"]:
            # A file that turns out to be broken in the middle must not be half imported.
            deque(found.rows, maxlen=0)
        said = {name: options[name] for name in ("disclosure", "publish", "change_holders")}
        said["other_sheets"] = found.other_sheets
        if not options["dry_run"] and options["all_or_nothing"]:
            total = self._take(path, reading, Intake(by=owner, dry_run=True, **said))
            if total.error_count:
                if not options["json"]:
                    self._show(total.errors)
                raise ImportFileError("rows_have_errors")
        with transaction.atomic() if options["all_or_nothing"] else nullcontext():
            return self._take(path, reading, Intake(by=owner, dry_run=options["dry_run"], **said))

    def _owner(self, email: str | None) -> User | None:
        if not email:
            return None
        owner = User.objects.filter(email=email).first()
        if owner is None:
            raise CommandError(_("No user has the e-mail address %(email)s.") % {"email": email})
        return owner

    def _take(self, path: Path, reading: ReadingChoices, intake: Intake) -> BatchReport:
        total = BatchReport()
        for rows in parsed_batches(path=path, name=path.name, reading=reading):
            batch = intake.take(rows)
            total.add(batch)
            total.errors += batch.errors
            if self.stderr.isatty():
                self.stderr.write(f"\r{total.rows:,}", ending="")
        total.errors += intake.notices()
        return total

    def _say_json(self, total: BatchReport) -> None:
        bad = [error for error in total.errors if error.code not in NOTICE_CODES]
        notes = [error for error in total.errors if error.code in NOTICE_CODES]
        said = {
            "rows": total.rows,
            "new": total.created,
            "changed": total.updated,
            "unchanged": total.unchanged,
            "errors": [{"row": error.row, "column": error.column, "code": error.code} for error in bad],
            "notes": [{"row": note.row, "code": note.code} for note in notes],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False))

    def _say_how(self, found: Any) -> None:
        parts = [found.sheet and _("sheet “%(name)s”") % {"name": found.sheet}]
        parts += [found.header_row and _("names of the columns in row %(row)s") % {"row": found.header_row}]
        if any(parts):
            self.stdout.write(" · ".join(filter(None, parts)))

    def _say(self, total: BatchReport, *, is_dry: bool) -> None:
        self._show(total.errors)
        if is_dry:
            self.stdout.write(_("Dry run: nothing was changed."))
        self.stdout.write(
            ngettext("%(count)s row read", "%(count)s rows read", total.rows) % {"count": f"{total.rows:,}"}
        )
        for label, count in (
            (pgettext("import", "created"), total.created),
            (pgettext("import", "updated"), total.updated),
            (pgettext("import", "unchanged"), total.unchanged),
            (pgettext("import", "errors"), total.error_count),
        ):
            self.stdout.write(f"  {label}: {count:,}")

    def _show(self, errors: list[RowError]) -> None:
        for error in errors[:SHOWN_ERRORS]:
            style = self.style.NOTICE if error.code in NOTICE_CODES else self.style.ERROR
            place = " · ".join(filter(None, (str(error.row or ""), error.column)))
            self.stderr.write(style(f"{place}: {message_for(error.code)} {error.value[:80]}".strip()))
        if len(errors) > SHOWN_ERRORS:
            self.stderr.write(f"… +{len(errors) - SHOWN_ERRORS:,}")


def _require_schema() -> None:
    if Technology._meta.db_table not in connection.introspection.table_names():
        raise CommandError(
            _("The database has no tables yet: run `make run` once, or `.venv/bin/python manage.py migrate`.")
        )


def _reading(options: dict[str, Any]) -> ReadingChoices:
    columns = {}
    for pair in options["map"]:
        column, sign, field = pair.rpartition("=")
        target = "" if field.strip().lower() in NOT_USED else field.strip()
        if not sign or not column.strip() or (target and not is_target(target)):
            raise CommandError(_("Not understood: --map %(pair)s. Write COLUMN=FIELD.") % {"pair": pair})
        columns[column.strip()] = target
    return ReadingChoices(options["sheet"], options["header_row"], options["encoding"], columns)


def _bad_rows(total: BatchReport) -> str:
    rows = {error.row for error in total.errors if error.code not in NOTICE_CODES}
    return ngettext("%(count)s row has errors.", "%(count)s rows have errors.", len(rows)) % {"count": f"{len(rows):,}"}
