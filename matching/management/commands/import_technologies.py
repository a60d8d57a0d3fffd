"""Import technologies from a CSV, XLSX or JSONL file."""

from argparse import ArgumentParser
from collections import deque
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from kr_ru_platform.words.folding import fold_email
from matching.domain.import_encoding import ImportFileError
from matching.domain.import_files import read_rows
from matching.domain.import_rows import RowError
from matching.domain.intake import NOTICE_CODES, Batch, Intake, parsed_batches
from matching.enums import DisclosureLevel
from matching.import_messages import message_for
from matching.nudge import nudge_matching

SHOWN_ERRORS = 50


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only show what would happen")
        parser.add_argument("--all-or-nothing", action="store_true", help="import nothing if any row is bad")
        parser.add_argument("--publish", action="store_true", help="publish instead of keeping drafts")
        parser.add_argument(
            "--disclosure",
            choices=DisclosureLevel.values,
            default="",
            help="who may read the full texts of new technologies whose row does not say it (members unless given)",
        )
        parser.add_argument("--owner", metavar="EMAIL", help="curator in charge of what is created")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("No such file: %(path)s") % {"path": path})
        owner = self._owner(options["owner"])
        try:
            if not options["dry_run"]:
                # A file that turns out to be broken in the middle must not be half imported.
                deque(read_rows(path=path, name=path.name), maxlen=0)
            if not options["dry_run"] and options["all_or_nothing"]:
                self._refuse_errors(path)
            atomic = transaction.atomic() if options["all_or_nothing"] else nullcontext()
            intake = Intake(
                by=owner,
                publish=options["publish"],
                dry_run=options["dry_run"],
                disclosure=options["disclosure"],
            )
            with atomic:
                total = self._take(path, intake)
        except ImportFileError as error:
            raise CommandError(" ".join(filter(None, (message_for(error.code), error.detail)))) from error
        self._say(total, is_dry=options["dry_run"])
        if not options["dry_run"]:
            nudge_matching()

    def _owner(self, email: str | None) -> User | None:
        if not email:
            return None
        owner = User.objects.filter(email__iexact=fold_email(email)).first()
        if owner is None:
            raise CommandError(_("No user has the e-mail address %(email)s.") % {"email": email})
        return owner

    def _refuse_errors(self, path: Path) -> None:
        total = self._take(path, Intake(by=None, dry_run=True))
        if total.error_count:
            self._show(total.errors)
            raise CommandError(message_for("rows_have_errors"))

    def _take(self, path: Path, intake: Intake) -> Batch:
        total = Batch()
        for rows in parsed_batches(path=path, name=path.name):
            batch = intake.take(rows)
            total.add(batch)
            total.errors += batch.errors
            if self.stderr.isatty():
                self.stderr.write(f"\r{total.rows:,}", ending="")
        total.errors += intake.notices()
        return total

    def _say(self, total: Batch, *, is_dry: bool) -> None:
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
