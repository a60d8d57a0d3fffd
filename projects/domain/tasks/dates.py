"""Calendar arithmetic of research tasks."""

import calendar
from datetime import date, timedelta

from projects.enums import TASK_MONTHS, TaskType


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def end_of_task(*, starts_on: date, task_type: str) -> date:
    """The last day of a task of this type: six months from 1 March end on 31 August."""
    return add_months(starts_on, TASK_MONTHS[TaskType(task_type)]) - timedelta(days=1)
