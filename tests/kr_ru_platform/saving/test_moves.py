import pytest

from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.moves import Moves
from matching.enums import DemandState as State
from matching.models import Demand
from projects.enums import OutcomeStatus
from projects.models import Outcome

MOVES = Moves({State.DRAFT: [State.OPEN], State.OPEN: [State.OPEN, State.CLOSED]})


@pytest.mark.parametrize(
    ("state", "following"),
    [(State.DRAFT, (State.OPEN,)), (State.OPEN, (State.OPEN, State.CLOSED)), (State.CLOSED, ())],
)
def test_from_gives_what_follows_in_the_order_of_the_table(state, following):
    assert (MOVES.from_(state), MOVES.from_(state.value)) == (following, following)
    assert [to for to in State if MOVES.allows(state, to)] == list(following)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_check_refuses_what_is_not_in_the_table_and_says_of_which_row(state, to):
    row = Demand(state=state)
    if MOVES.allows(state, to):
        MOVES.check(row, to)
        return
    with pytest.raises(MoveNotAllowedError) as refused:
        MOVES.check(row, to)
    assert (refused.value.row, refused.value.to, row.state) == (row, to, state)


def test_check_reads_the_column_that_holds_the_state():
    moves = Moves({OutcomeStatus.CLAIMED: [OutcomeStatus.VERIFIED]}, field="status")
    moves.check(Outcome(status="claimed"), OutcomeStatus.VERIFIED)
    with pytest.raises(MoveNotAllowedError):
        moves.check(Outcome(status="verified"), OutcomeStatus.VERIFIED)
