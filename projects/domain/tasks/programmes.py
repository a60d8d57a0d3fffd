"""Programmes: the money of one year that research tasks are paid from."""

from typing import Any

from django.db import transaction

from accounts.models import User
from kr_ru_platform.saving.revisions import locked_row, save_revision, save_signed
from projects.models import Programme

FIELDS = ("code", "year", "name_ko", "name_ru", "name_en", "budget_krw")


@transaction.atomic
def create_programme(*, by: User, data: dict[str, Any]) -> Programme:
    programme = Programme()
    fill(programme, data)
    save_signed(programme, by=by)
    return programme


@transaction.atomic
def update_programme(*, programme: Programme, by: User, data: dict[str, Any], expected_revision: int) -> Programme:
    locked = locked_row(programme, expected_revision)
    fill(locked, data)
    save_revision(locked, by=by)
    return locked


def fill(programme: Programme, data: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(programme, name, data[name])
