"""What waits for the centre's word, whatever it is about, is decided once."""

from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone

from accounts.enums import DecisionState
from accounts.models import NameProposal, Organisation, OrganisationClaim, User
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, refuse_stale

MOVES = Moves({DecisionState.WAITING: [DecisionState.APPROVED, DecisionState.DECLINED, DecisionState.TAKEN_BACK]})
Asked = TypeVar("Asked", NameProposal, OrganisationClaim)


@dataclass(frozen=True)
class Seen:
    """At which revision the question and the organisation stood on the page of whoever answers."""

    question: int
    organisation: int


def locked_question(asked: Asked, to: DecisionState, seen: Seen | None = None) -> tuple[Asked, Organisation]:
    """What was asked and about whom, if it may be decided so. The organisation first, as everybody who changes it."""
    organisation = locked_row(Organisation.objects.filter(pk=asked.organisation_id))
    asked = locked_row(asked)
    MOVES.check(asked, to)
    if seen is not None:
        refuse_stale(asked, seen.question)
        refuse_stale(organisation, seen.organisation)
    return asked, organisation


def decide(asked: NameProposal | OrganisationClaim, to: DecisionState, *, by: User, reason: str = "") -> None:
    asked.state, asked.reason = to, reason
    asked.decided_at, asked.decided_by = timezone.now(), by
    asked.save()
