"""Refusals that domain functions of every app raise and views turn into messages; and what is no use to try again."""

from django.db import DataError, IntegrityError

# What lies in what is worked on, or in our own mistake, and would fail again. A lost connection, a
# killed worker, a time limit or a missing encoder is none of these: the next sweep goes on.
LASTING = (DataError, IntegrityError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError)


class StaleRevisionError(Exception):
    """Somebody else changed the row after the form was opened."""


class MoveNotAllowedError(Exception):
    """The row's state does not allow this move, or this person may not make it."""
