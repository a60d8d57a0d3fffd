"""Forms of match requests and introductions: what they offer to whom, and which days fit together."""

import datetime

import pytest
from django import forms
from django.utils import timezone

from accounts.domain.organisations.merging import merge_organisations
from matching.enums import DemandState
from matching.forms.requests import AcceptForm, DeclineForm, DueDateForm, IntroductionForm, MessageForm, RequestForm
from tests.factories.demand import DemandFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def days_from_today(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_request_of_a_member_of_one_company_does_not_ask_which():
    member = create_member()
    (company,) = [membership.organisation for membership in member.memberships.all()]
    field = RequestForm(user=member).fields["organisation"]
    assert (field.initial, isinstance(field.widget, forms.HiddenInput)) == (company, True)


def test_request_that_was_open_while_the_company_was_merged_is_of_the_one_that_stayed():
    member, stays = create_member(), OrganisationFactory()
    (goes,) = [membership.organisation for membership in member.memberships.all()]
    typed = {"organisation": str(goes.pk), "message": "관심"}
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    form = RequestForm(typed, user=type(member).objects.get(pk=member.pk))
    assert (form.errors, form.cleaned_data["organisation"], form["organisation"].value()) == ({}, stays, stays.pk)
    assert RequestForm(typed, user=create_member()).errors.keys() == {"organisation"}


def test_request_of_a_member_of_two_companies_asks_which_and_offers_their_open_demands():
    member, own = create_member(), DemandFactory()
    MembershipFactory(user=member, organisation=own.organisation)
    DemandFactory(organisation=own.organisation, state=DemandState.CLOSED)
    DemandFactory()
    form = RequestForm(user=member)
    assert set(form.fields["organisation"].queryset) == {
        membership.organisation for membership in member.memberships.all()
    }
    assert (form.fields["organisation"].initial, set(form.fields["demand"].queryset)) == (None, {own})


def test_request_of_the_centre_is_for_companies_only():
    company, other = OrganisationFactory(), OrganisationFactory()
    InstituteFactory()
    assert set(RequestForm(user=create_staff()).fields["organisation"].queryset) == {company, other}


def test_request_with_the_demand_of_another_company_is_refused():
    demand, other = DemandFactory(), OrganisationFactory()
    staff = create_staff()
    asked = [
        RequestForm({"organisation": company.pk, "demand": demand.pk, "message": "관심"}, user=staff).errors.keys()
        for company in (demand.organisation, other)
    ]
    assert asked == [set(), {"demand"}]


def test_note_may_be_missing_when_accepting_and_not_when_declining_or_writing():
    assert [set(form.errors) for form in (AcceptForm({}), DeclineForm({}), MessageForm({}))] == [
        set(),
        {"reason", "body"},
        {"body"},
    ]
    assert [MessageForm({"body": "가" * length}).is_valid() for length in (5000, 5001)] == [True, False]


def test_answer_is_due_today_or_later():
    asked = [DueDateForm({"due_on": days_from_today(days)}).errors.keys() for days in (-1, 0, 1)]
    assert asked == [{"due_on"}, set(), set()]


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({}, set()),
        ({"introduced_on": 1}, {"introduced_on"}),
        ({"nda_signed_on": 1}, {"nda_signed_on"}),
        ({"nda_signed_on": 0, "nda_ends_on": 30}, set()),
        ({"nda_ends_on": 30}, {"nda_signed_on"}),
        ({"next_step": "시험 일정 협의"}, {"next_step_on"}),
        ({"next_step": "시험 일정 협의", "next_step_on": 7}, set()),
        ({"next_step_on": 7}, set()),
    ],
)
def test_days_of_an_introduction_fit_together(typed, refused):
    """Numbers are days from today."""
    values = {name: days_from_today(value) if isinstance(value, int) else value for name, value in typed.items()}
    assert IntroductionForm({"introduced_on": days_from_today(0)} | values).errors.keys() == refused
