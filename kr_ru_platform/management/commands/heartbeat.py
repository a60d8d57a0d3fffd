"""For containers: is this program alive, as far as it says itself?"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kr_ru_platform.running.watching.machine_state import OLDEST_HEARTBEAT, heartbeat_ages


class Command(BaseCommand):
    help = "Ends with 0 when the program has said lately that it lives, with 1 otherwise."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("program", choices=["worker", "clock"])

    def handle(self, *, program: str, **options: object) -> None:
        age = heartbeat_ages()[program]
        if age is None or age > OLDEST_HEARTBEAT:
            raise CommandError(f"The {program} has not said lately that it lives.")
        self.stdout.write(f"{age:.0f} s")
