"""The counterpart of `backup`."""

import sys
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from kr_ru_platform.running import archive


class Command(BaseCommand):
    help = "Reads what `backup` has written into an empty database, then brings it up to this release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="what backup has written; - for standard input")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="file with the age secret key")

    def handle(self, *, file: str, identity: Path | None, **options: object) -> None:
        if connection.introspection.table_names():
            raise CommandError("The database is not empty. A back-up is read into an empty one only.")
        try:
            with ExitStack() as stack:
                stream = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
                archive.load(file=stream, identity=secret_of(identity))
        except (archive.ArchiveError, OSError) as error:
            raise CommandError(f"The restore failed. {error}") from error
        connections.close_all()
        call_command("migrate", verbosity=0, interactive=False)
        # The back-up has its own catalogue.
        (settings.DATA_DIR / "sample.stamp").touch()
        self.stdout.write("Restored.")


def secret_of(identity: Path | None) -> str:
    """The first line that is no comment: age-keygen writes two of those first."""
    lines = identity.read_text().splitlines() if identity else []
    return next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "")
