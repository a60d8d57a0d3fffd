from typing import Any

from django.core.management.base import BaseCommand

from accounts.demo.demo_accounts import remove_demo_accounts


class Command(BaseCommand):
    help = "Lock the demo accounts out for good: what they wrote stays, their e-mail and password go."
    # The check that asks for this command must not stop it.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remove_demo_accounts()} demo accounts removed.")
