"""Each rule allows exactly these people."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.enums import Confirmation
from matching import rules
from matching.enums import Audience, DeclineReason
from matching.enums import MatchRequestState as State
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return OrganisationFactory()


@pytest.fixture
def allowed(company):
    people = {
        "visitor": AnonymousUser(),
        "newcomer": UserFactory(),
        "waiting": create_member(organisation=company, state="pending"),
        "member": create_member(organisation=company, role="member"),
        "stranger": create_member(),
        "evaluator": create_evaluator(),
        "staff": create_staff(),
        "manager": create_programme_admin(),
        "superuser": UserFactory(is_superuser=True),
    }
    return lambda rule, *arguments: {name for name, user in people.items() if rule(user, *arguments)}


CENTRE, MANAGERS = {"staff", "manager", "superuser"}, {"manager", "superuser"}


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        (rules.can_curate, CENTRE),
        (rules.can_handle_match_requests, CENTRE),
        (rules.can_compare_scorers, CENTRE),
        (rules.can_start_scoring, MANAGERS),
        (rules.can_switch_scorer, MANAGERS),
        (rules.can_see_operations, MANAGERS),
        (rules.can_request_introduction, CENTRE | {"member", "stranger"}),
        (rules.can_write_demands, CENTRE | {"member", "stranger"}),
    ],
)
def test_rules_about_no_row(allowed, rule, people):
    assert allowed(rule) == people


def test_matches_are_judged_by_the_company_alone(allowed, company):
    for need in (DemandFactory(organisation=company), CompanyProfileFactory(organisation=company)):
        assert allowed(rules.can_judge_matches, need) == {"member"}


@pytest.mark.parametrize("state", State)
def test_request_is_withdrawn_by_its_company_while_it_waits(allowed, company, state):
    request = MatchRequestFactory(organisation=company, state=state, decline_reason=DeclineReason.OTHER)
    is_over = state in (State.INTRODUCED, State.DECLINED, State.WITHDRAWN)
    assert allowed(rules.can_withdraw_match_request, request) == (set() if is_over else {"member"})


def audiences(technology, **people):
    return {name: rules.audience_for(user, technology) for name, user in people.items()}


def test_technology_is_read_by_clearance():
    holder = InstituteFactory()
    technology = TechnologyFactory(holder=holder)
    assert audiences(
        technology,
        visitor=AnonymousUser(),
        newcomer=UserFactory(),
        member=create_member(),
        evaluator=create_evaluator(),
        holder=create_member(organisation=holder),
        waiting=create_member(organisation=holder, state="pending"),
        staff=create_staff(),
    ) == {
        "visitor": Audience.PUBLIC,
        "newcomer": Audience.MEMBERS,
        "member": Audience.MEMBERS,
        "evaluator": Audience.MEMBERS,
        "holder": Audience.NDA,
        "waiting": Audience.MEMBERS,
        "staff": Audience.CENTRE,
    }


def test_holder_that_nobody_has_confirmed_reads_as_others_do():
    holder = InstituteFactory(confirmation=Confirmation.UNCONFIRMED)
    member = create_member(organisation=holder)
    assert rules.audience_for(member, TechnologyFactory(holder=holder)) == Audience.MEMBERS


@pytest.mark.parametrize(
    ("signed", "ends", "audience"),
    [
        (None, None, Audience.MEMBERS),
        (-1, None, Audience.NDA),
        (0, 0, Audience.NDA),
        (1, None, Audience.MEMBERS),
        (-9, -1, Audience.MEMBERS),
    ],
)
def test_agreement_in_force_opens_its_own_technology_to_its_own_company(company, signed, ends, audience):
    technology = TechnologyFactory()
    request = MatchRequestFactory(technology=technology, organisation=company, state=State.INTRODUCED)
    days = [None if days is None else timezone.localdate() + timedelta(days=days) for days in (signed, ends)]
    IntroductionFactory(match_request=request, nda_signed_on=days[0], nda_ends_on=days[1])
    people = {"member": create_member(organisation=company), "stranger": create_member()}
    assert audiences(technology, **people) == {"member": audience, "stranger": Audience.MEMBERS}
    assert set(audiences(TechnologyFactory(), **people).values()) == {Audience.MEMBERS}


def test_agreement_of_a_company_that_is_no_longer_confirmed_opens_nothing(company):
    request = MatchRequestFactory(organisation=company, state=State.INTRODUCED)
    IntroductionFactory(match_request=request, nda_signed_on=timezone.localdate())
    company.confirmation = Confirmation.WITHDRAWN
    company.save()
    assert rules.audience_for(create_member(organisation=company), request.technology) == Audience.MEMBERS


def test_search_across_technologies_counts_no_single_agreement(company):
    request = MatchRequestFactory(organisation=company, state=State.INTRODUCED)
    IntroductionFactory(match_request=request, nda_signed_on=timezone.localdate())
    people = (AnonymousUser(), UserFactory(), create_member(organisation=company), create_evaluator(), create_staff())
    assert [rules.search_audience_for(user) for user in people] == [
        Audience.PUBLIC,
        Audience.MEMBERS,
        Audience.MEMBERS,
        Audience.MEMBERS,
        Audience.CENTRE,
    ]
