from decimal import Decimal

import pytest

from projects.domain.outcomes import verify_outcome
from projects.domain.tasks.budgets import Amounts, save_budget
from projects.domain.tasks.history import history_of
from projects.domain.tasks.research_tasks import update_research_task
from projects.enums import CostItem
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.user import create_programme_admin

pytestmark = pytest.mark.django_db


def test_history_tells_who_changed_what_on_the_task_its_budget_and_its_outcomes():
    manager = create_programme_admin(full_name="김민정")
    line = BudgetLineFactory()
    task = line.research_task
    task = update_research_task(research_task=task, by=manager, data={"title_ko": "새 이름"}, expected_revision=1)
    old_title = task.history.last().title_ko
    lines = {CostItem.MATERIALS: Amounts(Decimal(10_000_000))}
    save_budget(research_task=task, by=manager, lines=lines, expected_revision=2)
    verify_outcome(outcome=OutcomeFactory(research_task=task), by=manager)
    BudgetLineFactory()
    told = [(e.by, e.subject, e.kind) for e in history_of(task)]
    assert told == [
        ("김민정", "outcome", "changed"),
        ("", "outcome", "created"),
        ("김민정", "budget", "created"),
        ("김민정", "budget", "deleted"),
        ("김민정", "task", "changed"),
        ("", "budget", "created"),
        ("", "task", "created"),
    ]
    renamed = history_of(task)[4].changes
    assert [(change.before, change.after) for change in renamed] == [(old_title, "새 이름")]
