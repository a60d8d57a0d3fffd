from kr_ru_platform.saving.errors import MoveNotAllowedError, Refusal, StaleRevisionError
from matching.enums import DemandState
from matching.models import Demand


def test_stale_revision_carries_the_row_as_it_is_now():
    row = Demand(pk=5)
    assert StaleRevisionError(row).row is row


def test_refused_move_carries_row_state_and_refusal():
    row = Demand(pk=5)
    error = MoveNotAllowedError(row, DemandState.OPEN, refusal=Refusal("need_is_empty"))
    assert (error.row, error.to, error.refusal, str(error)) == (row, "open", Refusal("need_is_empty"), "need_is_empty")


def test_refused_move_without_refusal_names_row_and_state_in_the_log():
    row = Demand(pk=5, title="선재")
    error = MoveNotAllowedError(row, DemandState.OPEN)
    assert (error.refusal, str(error)) == (None, f"{row!r} → open")
