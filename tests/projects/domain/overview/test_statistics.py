from decimal import Decimal

import pytest

from projects.domain.overview.statistics import CountOfKind, OutcomeTotal, YearFigures, collect_statistics
from projects.domain.tasks.budgets import Amounts
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory

pytestmark = pytest.mark.django_db


def million(*numbers):
    return Amounts(*(Decimal(number) * 1_000_000 for number in numbers))


def test_collect_statistics_of_a_year_adds_up_its_tasks_and_budget():
    programme = ProgrammeFactory(year=2019)
    first = BudgetLineFactory(research_task__programme=programme, research_task__field="ai").research_task
    BudgetLineFactory(research_task=first, cost_item="materials", spent_krw=0)
    ResearchTaskFactory(programme=programme, task_type="short_term", state="completed")
    BudgetLineFactory(research_task__programme=ProgrammeFactory(year=2020, budget_krw=5))
    found = collect_statistics(year=2019)
    assert (found.task_count, found.granted_krw, found.planned) == (2, 780_000_000, million(100, 20, 20, 30))
    assert found.by_type == [CountOfKind("short_term", 1), CountOfKind("localisation", 1)]
    assert found.by_field == [CountOfKind("process", 1), CountOfKind("ai", 1)]
    assert found.by_state == [CountOfKind("planned", 1), CountOfKind("completed", 1)]
    assert found.by_year == [YearFigures(2019, 2, Decimal(780_000_000), million(100, 20, 20, 30))]
    assert [figures.year for figures in collect_statistics().by_year] == [2019, 2020]


def test_collect_statistics_counts_verified_outcomes_only_and_never_across_currencies():
    task = OutcomeFactory(verified=True, value=100).research_task
    OutcomeFactory(verified=True, value=50, research_task=task)
    OutcomeFactory(verified=True, value=7, currency="RUB", research_task=task)
    OutcomeFactory(verified=True, value=9, country="JP", research_task=task)
    claim = OutcomeFactory(value=660_000, research_task=task)
    disputed = OutcomeFactory(verified=True, status="disputed", status_note="?", research_task=task)
    found = collect_statistics(is_insider=True)
    assert collect_statistics().uncounted == []
    assert found.verified == [
        OutcomeTotal("exports", "", "RUB", Decimal(7), 1),
        OutcomeTotal("exports", "", "USD", Decimal(150), 2),
        OutcomeTotal("exports", "JP", "USD", Decimal(9), 1),
    ]
    assert found.uncounted == [claim, disputed]


def test_collect_statistics_follows_the_way_from_technology_to_outcome():
    introduction = IntroductionFactory()
    ResearchTaskFactory(introduction=introduction, state="stopped", stop_reason="자금")
    MatchRequestFactory(state="declined", decline_reason="other")
    MatchRequestFactory(state="withdrawn")
    found = collect_statistics()
    assert found.funnel == [
        CountOfKind("technology", 3),
        CountOfKind("demand", 0),
        CountOfKind("match", 0),
        CountOfKind("match_request", 3),
        CountOfKind("introduction", 1),
        CountOfKind("research_task", 1),
        CountOfKind("outcome", 0),
    ]
    assert found.losses == [CountOfKind("other", 1), CountOfKind("withdrawn", 1), CountOfKind("stopped", 1)]
