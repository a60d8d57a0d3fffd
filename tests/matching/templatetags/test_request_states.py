from matching.enums import MatchRequestState
from matching.models import MatchRequest
from matching.templatetags.request_states import TONES, request_state


def test_every_state_has_its_word_and_a_tone():
    assert {state: request_state(MatchRequest(state=state)) for state in MatchRequestState} == {
        state: {"label": state.label, "tone": TONES[state]} for state in MatchRequestState
    }
