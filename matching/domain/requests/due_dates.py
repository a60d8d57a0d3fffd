"""Until when a match request is to be answered."""

from datetime import date, timedelta

from django.utils import timezone

from matching.enums import MatchRequestState as State

# Working days until the next answer is due, by the state that was entered: the centre's own
# promise, except for a question, where it is the company's time to reply.
DAYS_TO_ANSWER = {State.SUBMITTED: 5, State.IN_REVIEW: 5, State.QUESTION: 10, State.ACCEPTED: 10}


def add_working_days(start: date, days: int) -> date:
    """The date that many Mondays-to-Fridays after `start` (public holidays are not counted)."""
    current = start
    while days:
        current += timedelta(days=1)
        days -= current.weekday() < 5
    return current


def due_date(state: str) -> date:
    return add_working_days(timezone.localdate(), DAYS_TO_ANSWER.get(State(state), 0))
