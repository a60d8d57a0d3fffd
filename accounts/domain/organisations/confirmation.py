"""The centre says whether an organisation is what it says, on which ground, and takes it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.domain.notices import tell_managers
from accounts.enums import Confirmation, ConfirmationGround
from accounts.errors import NotConfirmedError, NotInRegistryError, OwnOrganisationError
from accounts.models import Membership, Organisation, User
from accounts.names.registry import is_in_registry
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError


def known_to_centre(*, by: User | None) -> dict[str, Any]:
    """Of an organisation that the centre enters itself, by hand or from a file."""
    return {
        "confirmation": Confirmation.CONFIRMED,
        "confirmation_ground": ConfirmationGround.KNOWN,
        "confirmation_decided_at": timezone.now(),
        "confirmation_decided_by": by,
    }


def confirm_organisation(
    *,
    organisation: Organisation,
    by: User,
    ground: ConfirmationGround,
    note: str = "",
    expected_revision: int | None = None,
) -> Organisation:
    """What is confirmed is what the person has seen: a name changed meanwhile is not."""
    if ground == ConfirmationGround.REGISTRY and not is_in_registry(organisation):
        raise NotInRegistryError
    with transaction.atomic():
        row = _locked(organisation, expected_revision)
        if row.is_confirmed:
            raise MoveNotAllowedError
        if Membership.objects.filter(organisation=row, user=by).exists():
            raise OwnOrganisationError
        row.confirmation_ground = ground
        _decide(row, Confirmation.CONFIRMED, by=by, note=note)
        tell_managers("organisation_confirmed", row)
    return row


@transaction.atomic
def withdraw_confirmation(
    *, organisation: Organisation, by: User, note: str, expected_revision: int | None = None
) -> Organisation:
    row = _locked(organisation, expected_revision)
    if not row.is_confirmed:
        raise MoveNotAllowedError
    row.confirmation_ground = ""
    _decide(row, Confirmation.WITHDRAWN, by=by, note=note)
    tell_managers("confirmation_withdrawn", row, body=note)
    return row


def refuse_unconfirmed(*organisations: Organisation | None) -> None:
    """Before something of consequence: an introduction, an agreement, a part in a research task."""
    for organisation in organisations:
        if organisation is not None and not organisation.is_confirmed:
            raise NotConfirmedError(organisation)


def _locked(organisation: Organisation, expected_revision: int | None) -> Organisation:
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleRevisionError(row)
    return row


def _decide(row: Organisation, to: Confirmation, *, by: User, note: str) -> None:
    row.confirmation, row.confirmation_note = to, note
    row.confirmation_decided_at, row.confirmation_decided_by = timezone.now(), by
    row.revision += 1
    row._history_user = by  # type: ignore[attr-defined]
    row.save()
