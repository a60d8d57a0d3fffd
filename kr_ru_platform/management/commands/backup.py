"""The counterpart of `restore`."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kr_ru_platform import archive

NAME = "portal-{:%Y%m%dT%H%M%S}.tar.gz"


class Command(BaseCommand):
    help = "Writes the database and the uploaded files into one file. The portal may run meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="for example portal-backup.tar.gz; - for standard output; or a folder")
        parser.add_argument(
            "--recipient", action="append", default=[], metavar="age1…", help="encrypt for this age public key"
        )
        parser.add_argument("--keep", type=int, metavar="N", help="in a folder: delete all but the N newest back-ups")

    def handle(self, *, file: str, recipient: list[str], keep: int | None, **options: object) -> None:
        path = Path(file)
        if keep is not None and (keep < 1 or not path.is_dir()):
            raise CommandError("--keep needs a folder that exists, and a number from 1 on.")
        try:
            if file == "-":
                self.to_standard_output(recipient)
                return
            if path.is_dir():
                path /= NAME.format(timezone.now()) + (".age" if recipient else "")
            with archive.written_whole(path) as stream:
                archive.save(to=stream, recipients=recipient)
        except (archive.ArchiveError, OSError) as error:
            raise CommandError(f"No back-up was written. {error}") from error
        self.stdout.write(f"{path}: {path.stat().st_size:,} bytes.")
        for old in sorted(path.parent.glob("portal-*.tar.gz*"), reverse=True)[keep or 10**9 :]:
            old.unlink()

    def to_standard_output(self, recipients: list[str]) -> None:
        if sys.stdout.isatty():
            raise CommandError("A back-up is no text for a terminal: send it into a file with > or |.")
        archive.save(to=sys.stdout.buffer, recipients=recipients)
        sys.stdout.buffer.flush()
