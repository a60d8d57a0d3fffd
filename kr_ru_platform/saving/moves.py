"""Tables of moves: which state may follow which."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import TextChoices

from kr_ru_platform.saving.errors import MoveNotAllowedError

State = TypeVar("State", bound=TextChoices)


class Moves(Generic[State]):
    """`Moves({State.A: [State.B]})`: from A to B and nowhere else. A state that is not named, here B, is an end.

    What follows a state stands in the order in which pages offer it. `field` is the column that holds the state.
    """

    def __init__(self, table: Mapping[State, Sequence[State]], *, field: str = "state") -> None:
        self._following: dict[str, tuple[State, ...]] = {state: tuple(table[state]) for state in table}
        self._field = field

    def from_(self, state: str) -> tuple[State, ...]:
        return self._following.get(state, ())

    def allows(self, state: str, to: State) -> bool:
        return to in self.from_(state)

    def check(self, row: Any, to: State) -> None:
        """Raises MoveNotAllowedError unless `to` may follow the state of this row, which is locked."""
        if not self.allows(getattr(row, self._field), to):
            raise MoveNotAllowedError(row, to)
