"""Stored second factors under the newest key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.signing_in.factor_secrets import encrypted_data


@transaction.atomic
def encrypt_second_factors() -> int:
    """How many were written anew."""
    rows = list(Authenticator.objects.select_for_update().order_by("pk"))
    for row in rows:
        row.data = encrypted_data(row.data)
        row.save(update_fields=["data"])
    return len(rows)
