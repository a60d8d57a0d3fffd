from datetime import date
from decimal import Decimal

import pytest

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from projects.domain.outcomes import dispute_outcome, report_outcome, update_outcome, verify_outcome
from projects.domain.tasks.task_lists import outcome_groups
from projects.domain.tasks.unusual_values import ConfirmationNeededError
from projects.enums import OutcomeStatus
from projects.models import Outcome
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db

CLAIM = {
    "kind": "exports",
    "value": Decimal(660_000),
    "currency": "USD",
    "country": "",
    "period_start": date(2019, 7, 1),
    "period_end": date(2019, 12, 31),
    "evidence": "해외 매출 66만불",
    "evidence_file": None,
}


def test_report_outcome_is_a_claim_beside_the_others():
    task, staff = ResearchTaskFactory(), create_staff()
    first = report_outcome(research_task=task, by=staff, data=CLAIM)
    second = report_outcome(
        research_task=task,
        by=staff,
        data=CLAIM | {"value": Decimal(6_600_000_000), "evidence": "해외 매출 66억불"},
        is_confirmed=True,
    )
    assert (first.status, first.reported_by, second.status) == ("claimed", staff, "claimed")
    groups = outcome_groups(task.outcomes.all())
    assert [(group.kind, group.outcomes, group.is_conflicting) for group in groups] == [
        ("exports", [first, second], True)
    ]


def test_report_outcome_far_over_the_budget_asks_first():
    task = ResearchTaskFactory()
    with pytest.raises(ConfirmationNeededError) as asked:
        report_outcome(research_task=task, by=create_staff(), data=CLAIM | {"value": Decimal(6_600_000_000)})
    question = asked.value.questions[0]
    assert (question.code, question.values["times"]) == ("far_over_budget", 11_000)
    assert Outcome.objects.count() == 0


def test_report_outcome_once_more_asks_first():
    task, staff = ResearchTaskFactory(), create_staff()
    report_outcome(research_task=task, by=staff, data=CLAIM)
    with pytest.raises(ConfirmationNeededError, match="already_reported"):
        report_outcome(research_task=task, by=staff, data=CLAIM)
    report_outcome(research_task=task, by=staff, data=CLAIM | {"country": "RU"})
    assert task.outcomes.count() == 2


def test_report_outcome_of_very_many_jobs_asks_first():
    data = CLAIM | {"kind": "jobs", "currency": "", "value": Decimal(1001)}
    with pytest.raises(ConfirmationNeededError, match="very_many"):
        report_outcome(research_task=ResearchTaskFactory(), by=create_staff(), data=data)


def test_verify_outcome_by_another_person():
    outcome = OutcomeFactory(reported_by=create_staff())
    admin = create_programme_admin()
    verified = verify_outcome(outcome=outcome, by=admin, note="수출신고필증 확인")
    assert (verified.status, verified.checked_by, verified.status_note, verified.revision) == (
        OutcomeStatus.VERIFIED,
        admin,
        "수출신고필증 확인",
        2,
    )
    assert list(Outcome.objects.verified()) == [verified]


def test_verify_outcome_by_its_reporter_is_refused():
    admin = create_programme_admin()
    outcome = OutcomeFactory(reported_by=admin)
    with pytest.raises(MoveNotAllowedError):
        verify_outcome(outcome=outcome, by=admin)
    assert Outcome.objects.get().status == OutcomeStatus.CLAIMED


def test_dispute_outcome_needs_a_note():
    outcome = OutcomeFactory()
    with pytest.raises(MoveNotAllowedError):
        dispute_outcome(outcome=outcome, by=create_programme_admin(), note=" ")
    assert dispute_outcome(outcome=outcome, by=create_programme_admin(), note="단위 오류").status == "disputed"


def test_update_outcome_makes_it_a_claim_of_the_person_who_changed_it():
    staff = create_staff()
    outcome = OutcomeFactory(verified=True, status="disputed", status_note="단위", checked_by=create_programme_admin())
    changed = update_outcome(outcome=outcome, by=staff, data=CLAIM | {"value": Decimal(700_000)}, expected_revision=1)
    changed.refresh_from_db()
    assert (changed.status, changed.value, changed.reported_by, changed.checked_by, changed.status_note) == (
        "claimed",
        Decimal(700_000),
        staff,
        None,
        "",
    )


def test_update_outcome_that_is_verified_is_refused():
    outcome = OutcomeFactory(verified=True)
    with pytest.raises(MoveNotAllowedError):
        update_outcome(outcome=outcome, by=create_staff(), data=CLAIM, expected_revision=1)


def test_update_outcome_on_an_older_revision_is_refused():
    outcome = OutcomeFactory(revision=2)
    with pytest.raises(StaleRevisionError):
        update_outcome(outcome=outcome, by=create_staff(), data=CLAIM, expected_revision=1)


@pytest.mark.parametrize(
    ("other", "is_conflicting"),
    [
        ({}, False),
        ({"value": Decimal(1)}, True),
        ({"currency": "EUR"}, True),
        ({"value": Decimal(1), "country": "JP"}, False),
        ({"value": Decimal(1), "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}, False),
    ],
)
def test_outcome_groups_tell_contradiction_from_difference(other, is_conflicting):
    task = OutcomeFactory().research_task
    OutcomeFactory(research_task=task, **other)
    assert [group.is_conflicting for group in outcome_groups(task.outcomes.all())] == [is_conflicting]


def test_nobody_verifies_the_figure_that_they_claimed_before_a_colleague_worded_its_evidence_anew():
    manager, colleague, other = create_programme_admin(), create_staff(), create_programme_admin()
    outcome = report_outcome(research_task=ResearchTaskFactory(), by=manager, data=CLAIM)
    worded = CLAIM | {"evidence": "계약서 3쪽: 해외 매출 66만불"}
    update_outcome(outcome=outcome, by=colleague, data=worded, expected_revision=outcome.revision)
    with pytest.raises(MoveNotAllowedError):
        verify_outcome(outcome=outcome, by=manager)
    assert verify_outcome(outcome=outcome, by=other).status == OutcomeStatus.VERIFIED


def test_a_figure_that_a_colleague_put_right_is_verified_by_who_claimed_another_one():
    manager, colleague = create_programme_admin(), create_staff()
    outcome = report_outcome(research_task=ResearchTaskFactory(), by=manager, data=CLAIM)
    right = CLAIM | {"value": Decimal(650_000)}
    update_outcome(outcome=outcome, by=colleague, data=right, expected_revision=outcome.revision)
    assert verify_outcome(outcome=outcome, by=manager).status == OutcomeStatus.VERIFIED


def test_figure_is_noted_for_the_company_of_whoever_reports_it():
    partner = TaskPartnerFactory()
    reporter, staff = create_member(organisation=partner.organisation), create_staff()
    outcome = report_outcome(research_task=partner.research_task, by=reporter, data=CLAIM)
    said = [outcome.reported_for]
    outcome = update_outcome(outcome=outcome, by=staff, data=CLAIM, expected_revision=1, is_confirmed=True)
    assert [*said, outcome.reported_for, outcome.reported_by] == [partner.organisation, None, staff]
