"""Two records become one: rows that pointed to the one that goes point to the one that stays."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Field, Model, QuerySet

from kr_ru_platform.saving.revisions import save_revision, save_signed


def repoint(relation: "Field[Any, Any]", *, goes: Model, stays: Model, by: AbstractBaseUser | None) -> int:
    """`relation` is the foreign key whose rows move. How many have moved; each with its history, if it has one."""
    rows: QuerySet[Any] = relation.model._base_manager.filter(**{relation.name: goes})
    has_revision = any(column.name == "revision" for column in relation.model._meta.concrete_fields)
    if not hasattr(relation.model, "history"):
        return rows.update(**{relation.name: stays}, **({"revision": F("revision") + 1} if has_revision else {}))
    save = save_revision if has_revision else save_signed
    locked = list(rows.select_for_update(of=("self",)))
    for row in locked:
        setattr(row, relation.name, stays)
        save(row, by=by)
    return len(locked)
