"""The guided form for a need, and the filters of the list."""

import datetime
import uuid

import pytest
from django import forms
from django.utils import timezone

from accounts.domain.organisations.merging import merge_organisations
from matching.enums import DemandState
from matching.forms.needs.demands import DemandFilterForm, DemandForm
from matching.models import Demand
from tests.factories.demand import DemandFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
TOO_LONG = "가" * 20_001


@pytest.fixture
def member():
    return create_member()


def companies_of(form):
    return set(form.fields["organisation"].queryset), isinstance(form.fields["organisation"].widget, forms.HiddenInput)


def typed(member, **values):
    (company,) = member.organisation_ids
    return {"organisation": company, "problem": "열이 많이 납니다."} | values


def test_content_is_what_the_demand_says_without_company_and_revision(member):
    form = DemandForm(
        typed(member, minimum_trl="6", budget_krw="1억 2,000만", revision="3", draft_token=str(uuid.uuid4())),
        user=member,
    )
    assert form.is_valid()
    assert form.content == {
        "problem": "열이 많이 납니다.",
        "wanted_result": "",
        "title": "",
        "field": "",
        "minimum_trl": 6,
        "needed_by": None,
        "budget_krw": 120_000_000,
        "transfer_modes": [],
        "direction": "ru_kr",
    }


def test_problem_is_asked_for_unless_it_is_a_draft(member):
    assert DemandForm(typed(member, problem=""), user=member).errors.keys() == {"problem"}
    assert DemandForm(typed(member, problem=""), user=member, is_draft=True).is_valid()


def test_long_text_is_refused_by_the_server_and_not_cut_by_the_browser(member):
    form = DemandForm(typed(member, problem=TOO_LONG), user=member)
    assert form.errors.as_data()["problem"][0].code == "max_length"
    assert [
        name for name in ("problem", "wanted_result", "title") if "maxlength" in form.fields[name].widget.attrs
    ] == []


def test_day_that_has_passed_is_refused_unless_the_demand_has_it_already(member):
    today = timezone.localdate()
    passed = today - datetime.timedelta(days=1)
    kept = DemandFactory(organisation_id=next(iter(member.organisation_ids)), needed_by=passed)
    asked = [
        DemandForm(typed(member, needed_by=day), user=member, demand=demand).errors.keys()
        for day, demand in ((today, None), (passed, None), (passed, kept), (passed - datetime.timedelta(1), kept))
    ]
    assert asked == [set(), {"needed_by"}, set(), {"needed_by"}]


def test_member_of_one_company_is_not_asked_which_and_of_two_is(member):
    (first,) = member.memberships.all()
    OrganisationFactory()
    alone = companies_of(DemandForm(user=member))
    second = MembershipFactory(user=member)
    again = type(member).objects.get(pk=member.pk)
    assert [alone, companies_of(DemandForm(user=again))] == [
        ({first.organisation}, True),
        ({first.organisation, second.organisation}, False),
    ]


def test_demand_that_was_open_while_the_company_was_merged_is_of_the_one_that_stayed(member):
    written, stays = typed(member), OrganisationFactory()
    (membership,) = member.memberships.all()
    merge_organisations(stays=stays, goes=membership.organisation, by=create_staff())
    form = DemandForm(written, user=type(member).objects.get(pk=member.pk))
    assert (form.errors, form.cleaned_data["organisation"], form["organisation"].value()) == ({}, stays, stays.pk)


def test_opened_demand_stays_with_its_company_and_a_draft_may_move():
    staff, other = create_staff(), OrganisationFactory()
    opened = DemandFactory()
    draft = DemandFactory(organisation=opened.organisation, state=DemandState.DRAFT, opened_at=None)
    assert [companies_of(DemandForm(user=staff, demand=demand)) for demand in (opened, draft)] == [
        ({opened.organisation}, True),
        ({opened.organisation, other}, False),
    ]


def test_list_is_narrowed_by_every_word_and_unknown_values_are_ignored():
    staff = create_staff()
    found = DemandFactory(title="변압기 철심", problem="열이 납니다.", wanted_result="손실 절반")
    other = DemandFactory(title="변압기 권선", problem="소음", wanted_result="조용하게", state=DemandState.CLOSED)
    asked = [
        {"q": "변압기"},
        {"q": "변압기 열이 절반"},
        {"state": "closed"},
        {"state": "lost", "field": "nothing", "organisation": "x"},
        {"organisation": found.organisation_id, "field": "metals"},
        {"organisation": found.organisation_id, "state": "closed"},
    ]
    narrowed = [set(DemandFilterForm(values, user=staff).narrow(Demand.objects.all())) for values in asked]
    assert narrowed == [{found, other}, {found}, {other}, {found, other}, {found}, set()]


def test_list_offers_each_company_with_demands_that_the_reader_may_see_once(member):
    own = DemandFactory(organisation_id=next(iter(member.organisation_ids)))
    DemandFactory(organisation=own.organisation)
    other = DemandFactory()
    OrganisationFactory()
    offered = [
        sorted(row.pk for row in DemandFilterForm(user=user).fields["organisation"].queryset)
        for user in (member, create_staff())
    ]
    assert offered == [[own.organisation_id], sorted([own.organisation_id, other.organisation_id])]
