"""The yearly budget lines."""

from typing import Any

from django.db import transaction

from accounts.models import User
from kr_ru_platform.saving.errors import StaleRevisionError
from projects.models import Programme

FIELDS = ("code", "year", "name_ko", "name_ru", "name_en", "budget_krw")


@transaction.atomic
def create_programme(*, by: User, data: dict[str, Any]) -> Programme:
    return fill(Programme(), data)


@transaction.atomic
def update_programme(*, programme: Programme, by: User, data: dict[str, Any], expected_revision: int) -> Programme:
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.revision != expected_revision:
        raise StaleRevisionError(locked)
    locked.revision += 1
    return fill(locked, data)


def fill(programme: Programme, data: dict[str, Any]) -> Programme:
    for name in FIELDS:
        setattr(programme, name, data[name])
    programme.save()
    return programme
