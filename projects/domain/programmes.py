"""The yearly budget lines."""

from typing import Any

from django.db import transaction

from accounts.models import User
from projects.models import Programme

FIELDS = ("code", "year", "name_ko", "name_ru", "name_en", "budget_krw")


@transaction.atomic
def save_programme(*, by: User, data: dict[str, Any], programme: Programme | None = None) -> Programme:
    programme = programme or Programme()
    for name in FIELDS:
        setattr(programme, name, data[name])
    programme.save()
    return programme
