"""Refusals that domain functions of every app raise and views turn into messages."""


class StaleRevisionError(Exception):
    """Somebody else changed the row after the form was opened."""


class MoveNotAllowedError(Exception):
    """The row's state does not allow this move, or this person may not make it."""
