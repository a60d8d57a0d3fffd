"""Rows that people change: locked as they are now, refused when somebody was faster, saved with who did it."""

from typing import Any, TypeVar, overload

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet

from kr_ru_platform.models import Revisioned
from kr_ru_platform.saving.errors import StaleRevisionError

Row = TypeVar("Row", bound=Model)
RevisionedRow = TypeVar("RevisionedRow", bound=Revisioned)


@overload
def locked_row(found: Row, expected_revision: int | None = None, *, no_key: bool = False) -> Row: ...
@overload
def locked_row(found: QuerySet[Row], expected_revision: int | None = None, *, no_key: bool = False) -> Row: ...
def locked_row(found: Any, expected_revision: int | None = None, *, no_key: bool = False) -> Any:
    """The row as it is now, locked until the transaction ends; what is joined to it is not.

    `found` is the row as somebody has seen it, or a queryset that holds it alone. `expected_revision` is the one
    that the person saw; None stands for any. `no_key` leaves the key free: rows that point here can be written
    meanwhile. Raises StaleRevisionError, and DoesNotExist of the model.
    """
    # Not `type`: whoever is logged in comes as a lazy object.
    rows = found if isinstance(found, QuerySet) else found.__class__._default_manager.filter(pk=found.pk)
    row = rows.select_for_update(of=("self",), no_key=no_key).get()
    refuse_stale(row, expected_revision)
    return row


def locked_pair(
    stays: RevisionedRow, goes: RevisionedRow, expected_revisions: tuple[int, int] | None = None
) -> tuple[RevisionedRow, RevisionedRow]:
    """Two rows that are to become one, locked in one order: whoever merges them the other way round waits.

    Raises StaleRevisionError about the one that stays, also where one of them is gone.
    """
    rows = type(stays)._default_manager.filter(pk__in=[stays.pk, goes.pk]).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(of=("self",))}
    if len(found) != 2:
        raise StaleRevisionError(stays)
    stays, goes = found[stays.pk], found[goes.pk]
    if expected_revisions and expected_revisions != (stays.revision, goes.revision):
        raise StaleRevisionError(stays)
    return stays, goes


def refuse_stale(row: Any, expected_revision: int | None) -> None:
    """Raises StaleRevisionError unless the row is at the revision that the person saw; None stands for any."""
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleRevisionError(row)


def save_revision(row: Revisioned, *, by: AbstractBaseUser | None) -> None:
    """Changed content: open forms and the worker see that what they have is older."""
    row.revision += 1
    save_signed(row, by=by)


def save_signed(row: Model, *, by: AbstractBaseUser | None) -> None:
    """Outside of a request the history would not know who did it. Nobody: the portal itself."""
    _sign(row, by)
    row.save()


def delete_signed(row: Model, *, by: AbstractBaseUser | None) -> None:
    _sign(row, by)
    row.delete()


def _sign(row: Model, by: AbstractBaseUser | None) -> None:
    """Where django-simple-history looks first; on a row without a history it says nothing and does no harm."""
    row._history_user = by  # type: ignore[attr-defined]
