from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.enums import DemandState
from matching.models import Demand


def test_stale_revision_carries_the_row_as_it_is_now():
    row = Demand(pk=5)
    assert StaleRevisionError(row).row is row


def test_refused_move_carries_row_state_and_words():
    row = Demand(pk=5)
    error = MoveNotAllowedError(row, DemandState.OPEN, words="Say what you need.")
    assert (error.row, error.to, error.words, str(error)) == (row, "open", "Say what you need.", "Say what you need.")


def test_refused_move_without_words_names_row_and_state_in_the_log():
    row = Demand(pk=5, title="선재")
    error = MoveNotAllowedError(row, DemandState.OPEN)
    assert (error.words, str(error)) == ("", f"{row!r} → open")
