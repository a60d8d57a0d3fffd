from typing import Any

from django.core.management.base import BaseCommand

from accounts.domain.people.factors import encrypt_second_factors


class Command(BaseCommand):
    help = "Write the secrets of second factors anew with the first of SECOND_FACTOR_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{encrypt_second_factors()} second factors encrypted with the newest key.")
