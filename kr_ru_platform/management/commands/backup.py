"""The counterpart of `restore`."""

import subprocess
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kr_ru_platform import archive


class Command(BaseCommand):
    help = "Writes the database and the uploaded files into one file. The portal may run meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="for example portal-backup.tar.gz")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            archive.save(file=file)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"No back-up was written: {error}") from error
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes.")
