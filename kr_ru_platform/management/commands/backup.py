"""The counterpart of `restore`."""

import logging
import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from kr_ru_platform.running import archive

logger = logging.getLogger(__name__)
NAME = "portal-{:%Y%m%dT%H%M%S}.tar.gz"
HOUR_OF_NIGHT = 3


class Command(BaseCommand):
    help = "Writes the database and the uploaded files into one file. The portal may run meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="for example portal-backup.tar.gz; - for standard output; or a folder")
        parser.add_argument(
            "--recipient",
            action="append",
            metavar="age1…",
            help="encrypt for this age public key; BACKUP_RECIPIENT of the environment is the default",
        )
        parser.add_argument("--keep", type=int, metavar="N", help="in a folder: delete all but the N newest back-ups")
        parser.add_argument("--every-night", action="store_true", help="into a folder, and again at three, until ended")

    def handle(
        self, *, file: str, recipient: list[str] | None, keep: int | None, every_night: bool, **options: object
    ) -> None:
        path = Path(file)
        if (keep is not None or every_night) and ((keep or 1) < 1 or not path.is_dir()):
            raise CommandError("--keep and --every-night need a folder that exists, and a number from 1 on.")
        recipients = recipient if recipient is not None else os.environ.get("BACKUP_RECIPIENT", "").split()
        if file == "-":
            self.to_standard_output(recipients)
            return
        while every_night:
            try:
                self.to_file(path, recipients, keep)
            except CommandError as error:
                # Tomorrow is another night; the log and the age of the newest file tell.
                logger.error("%s", error)
            connections.close_all()
            time.sleep(seconds_until_night(timezone.localtime()))
        self.to_file(path, recipients, keep)

    def to_file(self, path: Path, recipients: list[str], keep: int | None) -> None:
        try:
            if path.is_dir():
                path /= NAME.format(timezone.now()) + (".age" if recipients else "")
            with archive.written_whole(path) as stream:
                archive.save(to=stream, recipients=recipients)
        except (archive.ArchiveError, OSError) as error:
            raise CommandError(f"No back-up was written. {error}") from error
        self.stdout.write(f"{path}: {path.stat().st_size:,} bytes.")
        if keep is not None:
            for old in sorted(path.parent.glob("portal-*.tar.gz*"), reverse=True)[keep:]:
                old.unlink()

    def to_standard_output(self, recipients: list[str]) -> None:
        if sys.stdout.isatty():
            raise CommandError("A back-up is no text for a terminal: send it into a file with > or |.")
        try:
            archive.save(to=sys.stdout.buffer, recipients=recipients)
            sys.stdout.buffer.flush()
        except (archive.ArchiveError, OSError) as error:
            raise CommandError(f"The back-up is not complete: throw away what was written. {error}") from error


def seconds_until_night(now: datetime) -> float:
    """Until three o'clock, when hardly anybody works."""
    night = now.replace(hour=HOUR_OF_NIGHT, minute=0, second=0, microsecond=0)
    if night <= now:
        night += timedelta(days=1)
    return (night - now).total_seconds()
