from decimal import Decimal

import pytest

from matching.enums import TechnologyState
from projects.domain.overview.first_page import (
    CASES,
    IN_USE,
    LATEST,
    FirstPageCounts,
    SuccessCase,
    counts,
    latest_technologies,
    success_cases,
    technologies_in_use,
)
from projects.enums import Currency, OutcomeKind, OutcomeStatus
from tests.factories.introduction import IntroductionFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def draft(**fields):
    return TechnologyFactory(state=TechnologyState.DRAFT, published_at=None, **fields)


def test_only_what_is_public_and_verified_is_counted():
    assert counts() == FirstPageCounts(technologies=0, introductions=0, research_tasks=0, outcomes=0)
    draft()
    IntroductionFactory(match_request__technology=TechnologyFactory())
    task = ResearchTaskFactory()
    OutcomeFactory(research_task=task, verified=True)
    OutcomeFactory(research_task=task)
    OutcomeFactory(research_task=task, verified=True, status=OutcomeStatus.DISPUTED, status_note="다릅니다.")
    assert counts() == FirstPageCounts(technologies=1, introductions=1, research_tasks=1, outcomes=1)


def test_latest_are_published_newest_first_and_no_more_than_have_room():
    rows = TechnologyFactory.create_batch(LATEST + 1)
    draft()
    assert list(latest_technologies()) == rows[:0:-1]


def test_what_is_in_use_has_the_highest_readiness_and_stands_oldest_first():
    rows = TechnologyFactory.create_batch(IN_USE + 1, trl=9)
    draft(trl=9)
    TechnologyFactory(trl=8)
    assert list(technologies_in_use()) == rows[:-1]


def test_cases_add_up_verified_outcomes_by_kind_and_never_across_currencies():
    technology, other, unproven = TechnologyFactory.create_batch(3)
    task = ResearchTaskFactory(technology=technology)
    for value, currency in ((660_000, Currency.USD), (40_000, Currency.USD), (7, Currency.EUR)):
        OutcomeFactory(research_task=task, value=value, currency=currency, verified=True)
    OutcomeFactory(research_task=ResearchTaskFactory(technology=technology), kind="jobs", currency="", verified=True)
    OutcomeFactory(research_task=task, value=5)
    OutcomeFactory(research_task__technology=other, value=1, verified=True)
    OutcomeFactory(research_task__technology=unproven)
    exports = OutcomeKind.EXPORTS.label
    assert success_cases() == [
        SuccessCase(
            technology,
            [
                {"label": exports, "currency": "EUR", "total": Decimal(7)},
                {"label": exports, "currency": "USD", "total": Decimal(700_000)},
                {"label": OutcomeKind.JOBS.label, "currency": "", "total": Decimal(660_000)},
            ],
        ),
        SuccessCase(other, [{"label": exports, "currency": "USD", "total": Decimal(1)}]),
    ]


def test_cases_are_few_and_published():
    hidden, *rows = [draft(), *TechnologyFactory.create_batch(CASES + 1)]
    for technology in (hidden, *rows):
        OutcomeFactory(research_task__technology=technology, verified=True)
    assert [case.technology for case in success_cases()] == rows[:CASES]
