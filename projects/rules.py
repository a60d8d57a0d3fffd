"""May this user do this? Pure predicates; what a user may see is decided by `visible_to`."""

from typing import Any

from projects.enums import OutcomeStatus
from projects.models import Outcome, ResearchTask


def can_edit_research_tasks(user: Any) -> bool:
    return is_centre(user)


def can_see_history(user: Any) -> bool:
    return is_centre(user)


def can_edit_budgets(user: Any) -> bool:
    return getattr(user, "is_programme_admin", False)


def can_edit_programmes(user: Any) -> bool:
    return getattr(user, "is_programme_admin", False)


def can_see_programmes(user: Any) -> bool:
    return is_centre(user)


def can_report_outcomes(user: Any, research_task: ResearchTask) -> bool:
    """The centre, and the companies of the task for themselves. Prefetch `partners`."""
    return is_centre(user) or bool(research_task.reporting_companies(user))


def can_edit_outcome(user: Any, outcome: Outcome) -> bool:
    """Verified figures are disputed before they are rewritten. Who has left the company edits its claims no more.

    Not as somebody of another company of the same task either.
    """
    if outcome.status == OutcomeStatus.VERIFIED:
        return False
    is_own = user.pk is not None and outcome.reported_by_id == user.pk
    return is_centre(user) or (is_own and outcome.reported_for_id in outcome.research_task.reporting_companies(user))


def can_check_outcome(user: Any, outcome: Outcome) -> bool:
    """Programme managers only, and never one's own figure."""
    return getattr(user, "is_programme_admin", False) and not outcome.is_figure_of(user)


def is_centre(user: Any) -> bool:
    return getattr(user, "is_centre_staff", False)


def sees_every_task(user: Any) -> bool:
    """As `ResearchTask.objects.visible_to` has it."""
    return bool(getattr(user, "is_centre_staff", False) or getattr(user, "is_evaluator", False))
