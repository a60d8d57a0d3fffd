"""Demo accounts have a published password: outside local mode the portal does not start with them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import OperationalError, connections

from accounts.demo.demo_accounts import DEMO_EMAILS
from accounts.models import User


def no_demo_accounts(*, databases: Sequence[str] | None = None, **_arguments: Any) -> list[CheckMessage]:
    if settings.DEMO_MODE:
        return []
    return [error for alias in databases or () for error in _demo_accounts_in(alias)]


def _demo_accounts_in(alias: str) -> list[CheckMessage]:
    try:
        if User._meta.db_table not in connections[alias].introspection.table_names():
            return []
        found = list(User.objects.using(alias).filter(email__in=DEMO_EMAILS).values_list("email", flat=True))
    except OperationalError:
        # A database that is down for a moment: pages say so, and log-in refuses these accounts anyway.
        return []
    if not found:
        return []
    return [
        Error(
            f"Demo accounts are in the database: {', '.join(sorted(found))}.",
            hint="Their passwords are published. Remove them: manage.py remove_demo_accounts",
            id="accounts.E001",
        )
    ]
