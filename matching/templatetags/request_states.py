"""The state of a match request as a tag."""

from django import template

from matching.enums import MatchRequestState
from matching.models import MatchRequest

register = template.Library()

TONES = {
    MatchRequestState.SUBMITTED: "info",
    MatchRequestState.IN_REVIEW: "info",
    MatchRequestState.QUESTION: "warning",
    MatchRequestState.ACCEPTED: "primary",
    MatchRequestState.INTRODUCED: "success",
    MatchRequestState.DECLINED: "danger",
    MatchRequestState.WITHDRAWN: "outline",
}


@register.inclusion_tag("components/tag.html")
def request_state(match_request: MatchRequest) -> dict[str, object]:
    return {
        "label": match_request.get_state_display(),
        "tone": TONES[MatchRequestState(match_request.state)],
    }
