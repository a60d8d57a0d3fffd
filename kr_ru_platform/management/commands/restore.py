"""The counterpart of `backup`."""

import subprocess
import tarfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from kr_ru_platform import archive


class Command(BaseCommand):
    help = "Reads what `backup` has written into an empty database, then brings it up to this release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        if connection.introspection.table_names():
            raise CommandError("The database is not empty. A back-up is read into an empty one only.")
        connections.close_all()
        try:
            archive.load(file=file)
        except (OSError, KeyError, tarfile.TarError, subprocess.CalledProcessError) as error:
            raise CommandError(f"The back-up cannot be read: {error}") from error
        call_command("migrate", verbosity=0, interactive=False)
        # The back-up has its own catalogue.
        (settings.DATA_DIR / "sample.stamp").touch()
        self.stdout.write("Restored.")
