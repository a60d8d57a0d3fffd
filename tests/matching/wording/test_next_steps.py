import pytest

from matching.enums import MatchRequestState
from matching.models import MatchRequest
from matching.wording.next_steps import COMPANY, NEXT_STEPS, PATH_LABELS, current_step, next_step

State = MatchRequestState


@pytest.mark.parametrize(
    ("state", "place"),
    [
        (State.SUBMITTED, 1),
        (State.IN_REVIEW, 2),
        # The centre's examination goes on after the answer.
        (State.QUESTION, 2),
        (State.ACCEPTED, 3),
        # All is done.
        (State.INTRODUCED, len(PATH_LABELS) + 1),
        (State.DECLINED, None),
        (State.WITHDRAWN, None),
    ],
)
def test_place_on_the_path_is_counted_until_the_end_unless_it_ended_early(state, place):
    assert current_step(MatchRequest(state=state)) == place


def test_every_state_has_its_next_step():
    assert [state for state in State if next_step(MatchRequest(state=state)) != NEXT_STEPS[state]] == []


def test_company_has_it_where_a_question_waits_and_after_the_introduction():
    has_it = {state for state in State if next_step(MatchRequest(state=state)).who == COMPANY}
    assert has_it == {State.QUESTION, State.INTRODUCED}
