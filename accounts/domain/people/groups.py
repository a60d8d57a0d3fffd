"""The three groups that give rights inside the centre."""

from typing import Any

from django.contrib.auth.models import Group as AuthGroup

from accounts.enums import Group


def ensure_groups(**_signal: Any) -> None:
    """Create what is missing. Runs after each migrate, so a flushed database gets them back too."""
    existing = set(AuthGroup.objects.values_list("name", flat=True))
    AuthGroup.objects.bulk_create(
        [AuthGroup(name=name) for name in Group.values if name not in existing], ignore_conflicts=True
    )
