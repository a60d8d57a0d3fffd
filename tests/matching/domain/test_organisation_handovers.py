"""What people of two records that become one read by it, and that it is noticed when that is something else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.organisations.merging import merge_organisations
from accounts.errors import MergeObstacleError
from accounts.models import Organisation
from accounts.registered.merge_rules import handovers_seen as seen_by_page
from matching.domain.organisation_handovers import agreements_opened, handovers_seen, technologies_handed_over
from matching.enums import Audience
from matching.models import Introduction, Technology
from matching.rules import audience_for
from tests.factories.introduction import IntroductionFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def introduced(company, technology, **agreement):
    today = timezone.localdate()
    return IntroductionFactory(
        match_request__organisation=company,
        match_request__technology=technology,
        **{"nda_signed_on": today, **agreement},
    )


def told(one, other):
    return [(row["introduction"], row["opens"], row["readers"]) for row in agreements_opened(one, other)]


def again(user):
    return type(user).objects.get(pk=user.pk)


def test_agreement_of_one_company_is_read_by_the_people_of_the_other():
    one, other = OrganisationFactory(), OrganisationFactory()
    both, joining = create_member(organisation=one), create_member(organisation=other)
    MembershipFactory(organisation=other, user=both)
    technology = TechnologyFactory(disclosure="nda")
    signed, former = introduced(one, technology), InstituteFactory()
    elsewhere = introduced(one, TechnologyFactory(), signed_with=former)
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = introduced(one, TechnologyFactory(), nda_signed_on=yesterday, nda_ends_on=yesterday)
    assert told(one, other) == [
        (signed, True, [joining]),
        (elsewhere, False, [joining]),
        (ended, False, [joining]),
    ]
    assert audience_for(joining, technology) == Audience.MEMBERS
    merge_organisations(stays=one, goes=other, by=create_staff())
    assert audience_for(again(joining), technology) == Audience.NDA


def test_agreement_with_one_holder_opens_what_the_other_one_holds():
    former, holder, company = InstituteFactory(), InstituteFactory(), OrganisationFactory()
    technology = TechnologyFactory(holder=former, disclosure="nda")
    signed = introduced(company, technology)
    reader = signed.match_request.requested_by
    Technology.objects.filter(pk=technology.pk).update(holder=holder)
    introduced(OrganisationFactory(), TechnologyFactory(holder=holder))
    introduced(OrganisationFactory(), TechnologyFactory(holder=holder), signed_with=former, nda_signed_on=None)
    technology.refresh_from_db()
    assert audience_for(reader, technology) == Audience.MEMBERS
    assert told(former, holder) == [(signed, True, [reader])]
    merge_organisations(stays=former, goes=holder, by=create_staff())
    technology.refresh_from_db()
    assert audience_for(again(reader), technology) == Audience.NDA


def test_members_of_a_record_that_nobody_confirmed_wait_and_read_nothing():
    one, other = OrganisationFactory(), OrganisationFactory(is_new=True)
    introduced(one, TechnologyFactory())
    create_member(organisation=other)
    assert (told(one, other), handovers_seen(one, other)) == ([], "")


def test_technologies_are_told_with_protected_ones_first():
    one, other = InstituteFactory(), InstituteFactory()
    plain, secret = TechnologyFactory(holder=one, disclosure="public"), TechnologyFactory(holder=one, disclosure="nda")
    reader = create_member(organisation=other)
    wanted = [
        {"giver": one, "count": 2, "protected": 1, "technologies": [secret, plain], "readers": [reader]},
    ]
    assert [technologies_handed_over(*pair) for pair in ((one, other), (other, one))] == [wanted, wanted]


def test_merge_is_refused_when_something_else_would_be_read_than_was_shown():
    one, other = OrganisationFactory(), OrganisationFactory()
    create_member(organisation=other)
    shown = seen_by_page(one, other)
    introduction = introduced(one, TechnologyFactory())
    with pytest.raises(MergeObstacleError):
        merge_organisations(stays=one, goes=other, by=create_staff(), choices={"handovers": shown})
    shown = seen_by_page(other, one)
    Introduction.objects.filter(pk=introduction.pk).update(nda_signed_on=None)
    with pytest.raises(MergeObstacleError):
        merge_organisations(stays=one, goes=other, by=create_staff(), choices={"handovers": shown})
    choices = {"handovers": seen_by_page(one, other)}
    merge_organisations(stays=one, goes=other, by=create_staff(), choices=choices)
    assert not Organisation.objects.filter(pk=other.pk).exists()
