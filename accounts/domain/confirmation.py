"""The centre says whether an organisation is what it says, on which ground, and takes it back."""

from typing import Any

from django.utils import timezone

from accounts.enums import Confirmation, ConfirmationGround
from accounts.models import User


def known_to_centre(*, by: User | None) -> dict[str, Any]:
    """Of an organisation that the centre enters itself, by hand or from a file."""
    return {
        "confirmation": Confirmation.CONFIRMED,
        "confirmation_ground": ConfirmationGround.KNOWN,
        "confirmation_decided_at": timezone.now(),
        "confirmation_decided_by": by,
    }
