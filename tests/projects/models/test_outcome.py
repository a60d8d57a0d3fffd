"""Each truth about one figure that the database itself holds, and whose figure it is."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from projects.enums import MONEY_KINDS, Currency, OutcomeKind, OutcomeStatus
from projects.models import Outcome
from tests.constraints import constraint_against
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import TaskPartnerFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"value": Decimal("-0.01")}, "outcome_value_is_not_negative"),
        ({"period_end": date(2019, 6, 30)}, "outcome_period_ends_after_it_starts"),
        ({"currency": ""}, "outcome_has_a_currency_exactly_when_it_is_money"),
        ({"kind": OutcomeKind.JOBS}, "outcome_has_a_currency_exactly_when_it_is_money"),
        ({"evidence": ""}, "outcome_has_evidence"),
        ({"status": OutcomeStatus.VERIFIED}, "outcome_checked_has_a_time"),
        ({"status": OutcomeStatus.DISPUTED, "status_note": "Which?"}, "outcome_checked_has_a_time"),
        ({"verified": True, "status": OutcomeStatus.DISPUTED}, "outcome_disputed_has_a_note"),
    ],
)
def test_constraint_rejects(fields, constraint):
    assert constraint_against(OutcomeFactory, **fields) == constraint


def test_edges_are_accepted():
    OutcomeFactory(value=0, period_end=date(2019, 7, 1))
    OutcomeFactory(verified=True, status=OutcomeStatus.DISPUTED, status_note="Which contract?")
    for kind in OutcomeKind:
        OutcomeFactory(kind=kind, currency=Currency.KRW if kind in MONEY_KINDS else "")
    assert Outcome.objects.count() == 2 + len(OutcomeKind)


def test_figure_verified_by_its_reporter_is_rejected():
    person = UserFactory()
    own = {"verified": True, "reported_by": person, "checked_by": person}
    assert constraint_against(OutcomeFactory, **own) == "outcome_is_verified_by_another_person"
    OutcomeFactory(reported_by=person, checked_by=person)
    OutcomeFactory(verified=True, reported_by=person, checked_by=UserFactory())


def test_only_verified_figures_count():
    OutcomeFactory()
    row = OutcomeFactory(verified=True)
    assert list(Outcome.objects.verified()) == [row]


def test_figure_stays_of_whoever_claimed_the_same_before():
    first, colleague, stranger = UserFactory(), UserFactory(), UserFactory()
    row = OutcomeFactory(reported_by=first)
    row.reported_by, row.evidence = colleague, "Contract 7"
    row.save()
    people = (first, colleague, stranger, AnonymousUser())
    assert [row.is_figure_of(person) for person in people] == [True, True, False, False]
    row.value += 1
    row.save()
    assert [row.is_figure_of(person) for person in people] == [False, True, False, False]


def test_figure_is_also_of_whoever_acts_for_a_partner_of_its_task():
    """Such a manager would verify what a colleague has reported."""
    partner = TaskPartnerFactory()
    colleague = create_member(organisation=partner.organisation)
    row = OutcomeFactory(research_task=partner.research_task, reported_by=UserFactory())
    assert [row.is_figure_of(person) for person in (colleague, create_member())] == [True, False]


def test_figure_that_nobody_reported_is_nobodys():
    assert not OutcomeFactory().is_figure_of(AnonymousUser())


def test_figure_is_told_with_its_kind_and_currency():
    assert str(Outcome(kind=OutcomeKind.EXPORTS, value=Decimal("5.50"), currency="USD")).endswith(" 5.50 USD")
