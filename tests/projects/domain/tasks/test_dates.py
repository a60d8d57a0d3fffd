from datetime import date

import pytest

from projects.domain.tasks.dates import add_months, end_of_task
from projects.enums import TaskType


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
        (date(2026, 3, 15), 1, date(2026, 4, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 13, date(2027, 9, 30)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -13, date(2025, 2, 28)),
    ],
)
def test_same_day_or_the_last_of_the_month(day, months, found):
    assert add_months(day, months) == found


def test_task_ends_the_day_before_its_months_are_over():
    ends = {task_type: end_of_task(starts_on=date(2026, 3, 1), task_type=task_type) for task_type in TaskType}
    assert ends == {
        TaskType.SHORT_TERM: date(2026, 8, 31),
        TaskType.LOCALISATION: date(2027, 2, 28),
        TaskType.ORIGINAL: date(2028, 2, 29),
    }


def test_type_that_does_not_exist_has_no_end():
    with pytest.raises(ValueError):
        end_of_task(starts_on=date(2026, 3, 1), task_type="whatever")
