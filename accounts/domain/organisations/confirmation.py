"""The centre says whether an organisation is what it says, on which ground, and takes it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.domain.notices import tell_managers
from accounts.enums import Confirmation, ConfirmationGround
from accounts.errors import NotConfirmedError, NotInRegistryError, OwnOrganisationError
from accounts.models import Membership, Organisation, User
from accounts.names.registry import is_in_registry
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, save_revision

MOVES = Moves(
    {
        Confirmation.UNCONFIRMED: [Confirmation.CONFIRMED],
        Confirmation.CONFIRMED: [Confirmation.WITHDRAWN],
        Confirmation.WITHDRAWN: [Confirmation.CONFIRMED],
    },
    field="confirmation",
)


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
        raise NotInRegistryError(organisation, Confirmation.CONFIRMED)
    with transaction.atomic():
        row = locked_row(organisation, expected_revision)
        MOVES.check(row, Confirmation.CONFIRMED)
        if Membership.objects.filter(organisation=row, user=by).exists():
            raise OwnOrganisationError(row, Confirmation.CONFIRMED)
        row.confirmation_ground = ground
        _decide(row, Confirmation.CONFIRMED, by=by, note=note)
        tell_managers("organisation_confirmed", row)
    return row


@transaction.atomic
def withdraw_confirmation(
    *, organisation: Organisation, by: User, note: str, expected_revision: int | None = None
) -> Organisation:
    row = locked_row(organisation, expected_revision)
    MOVES.check(row, Confirmation.WITHDRAWN)
    row.confirmation_ground = ""
    _decide(row, Confirmation.WITHDRAWN, by=by, note=note)
    tell_managers("confirmation_withdrawn", row, body=note)
    return row


def refuse_unconfirmed(*organisations: Organisation | None) -> None:
    """Before something of consequence: an introduction, an agreement, a part in a research task."""
    for organisation in organisations:
        if organisation is not None and not organisation.is_confirmed:
            raise NotConfirmedError(organisation)


def _decide(row: Organisation, to: Confirmation, *, by: User, note: str) -> None:
    row.confirmation, row.confirmation_note = to, note
    row.confirmation_decided_at, row.confirmation_decided_by = timezone.now(), by
    save_revision(row, by=by)
