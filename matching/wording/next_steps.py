"""What happens next with a match request, in words for the company."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matching.enums import MatchRequestState
from matching.models import MatchRequest

State = MatchRequestState


@dataclass(frozen=True)
class NextStep:
    """Who has it, and what they do next."""

    who: Any
    what: Any


CENTRE, COMPANY, NOBODY = _("The centre"), _("Your company"), _("Nobody")
NEXT_STEPS = {
    State.SUBMITTED: NextStep(CENTRE, _("A person at the centre reads your request and takes it.")),
    State.IN_REVIEW: NextStep(CENTRE, _("The centre examines the request and asks the holder.")),
    State.QUESTION: NextStep(COMPANY, _("Please answer the centre's question below.")),
    State.ACCEPTED: NextStep(CENTRE, _("The centre arranges the introduction to the holder.")),
    State.INTRODUCED: NextStep(COMPANY, _("Talk to the holder; the centre stays with you.")),
    State.DECLINED: NextStep(NOBODY, _("The request is closed. The reason is given below.")),
    State.WITHDRAWN: NextStep(NOBODY, _("The request was withdrawn.")),
}
PATH = [State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED, State.INTRODUCED]
PATH_LABELS = [
    pgettext_lazy("step of a request", "Received"),
    pgettext_lazy("step of a request", "Examined"),
    pgettext_lazy("step of a request", "Accepted"),
    pgettext_lazy("step of a request", "Introduced"),
]


def next_step(match_request: MatchRequest) -> NextStep:
    return NEXT_STEPS[State(match_request.state)]


def current_step(match_request: MatchRequest) -> int | None:
    """Place on PATH_LABELS counted from 1, one more when all is done; None if it ended early."""
    state = State.IN_REVIEW if match_request.state == State.QUESTION else State(match_request.state)
    if state not in PATH:
        return None
    return PATH.index(state) + 1 + (state == State.INTRODUCED)
