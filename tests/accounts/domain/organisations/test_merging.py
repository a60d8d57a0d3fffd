from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from accounts.domain.organisations.identity import find_organisation
from accounts.domain.organisations.merging import merge_organisations
from accounts.errors import MergeObstacleError
from accounts.models import (
    Invitation,
    Membership,
    NameProposal,
    Organisation,
    OrganisationAlias,
    OrganisationClaim,
    OrganisationMerge,
    OrganisationNumber,
    User,
)
from accounts.registered.merge_rules import counts_of
from kr_ru_platform.saving.errors import StaleRevisionError
from matching.models import CompanyProfile, ProposedChange, Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.network import AgreementFactory
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import TaskPartnerFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


def filled(**fields):
    """An organisation with one row of everything that can point to it."""
    row = OrganisationFactory(**fields)
    create_member(organisation=row)
    Invitation.objects.create(organisation=row, email=f"new{row.pk}@example.org")
    NameProposal.objects.create(organisation=row, old={}, new={"name_en": "X"})
    OrganisationClaim.objects.create(organisation=row, message="…", asked_by=UserFactory())
    OrganisationAlias.objects.create(organisation=row, name=f"Alias {row.pk}")
    OrganisationNumber.objects.create(organisation=row, kind="other", value=f"HRB{row.pk}")
    OrganisationMerge.objects.create(organisation=row, old_id=10**9 + row.pk, old_name="before")
    CompanyProfileFactory(organisation=row, products=f"제품 {row.pk}")
    demand = DemandFactory(organisation=row)
    FeedbackFactory(organisation=row, demand=demand)
    MatchRequestFactory(organisation=row)
    TechnologyFactory(holder=row)
    IntroductionFactory(holder=row, signed_with=row)
    AgreementFactory(organisation=row)
    TaskPartnerFactory(organisation=row)
    OutcomeFactory(reported_for=row)
    ProposedChange.objects.create(technology=TechnologyFactory(), facts={"holder": row.pk})
    return row


def test_merge_moves_every_kind_of_row_and_keeps_what_gave_way():
    stays, goes, staff = filled(name_ko="㈜한결"), filled(name_ko="㈜한결정밀"), create_staff()
    before = counts_of(goes)
    assert min(before.values()) == 1, "a relation without a row here is not tried"
    merge_organisations(stays=stays, goes=goes, by=staff)
    assert not Organisation.objects.filter(pk=goes.pk).exists()
    once = {"matching.CompanyProfile.organisation"}
    assert counts_of(stays) == {
        **{name: count if name in once else 2 * count for name, count in before.items()},
        # Its name became an alias, and the merge itself is recorded.
        "accounts.OrganisationAlias.organisation": 3,
        "accounts.OrganisationMerge.organisation": 3,
    }
    record = OrganisationMerge.objects.get(old_id=goes.pk)
    assert (record.old_name, record.merged_by) == ("㈜한결정밀", staff)
    assert record.old_values["given_way"]["profile"]["products"] == f"제품 {goes.pk}"
    assert record.old_values["name_ko"] == "㈜한결정밀"
    assert find_organisation(name="㈜한결정밀").organisation == stays
    moved = Technology.objects.get(pk=Technology.objects.filter(holder=stays).order_by("-pk")[0].pk)
    assert (moved.revision, moved.history.first().history_user) == (2, staff)


def test_merge_keeps_the_profile_that_was_chosen():
    stays, goes = filled(), filled()
    merge_organisations(stays=stays, goes=goes, by=create_staff(), choices={"profile": "goes"})
    assert CompanyProfile.objects.get().products == f"제품 {goes.pk}"


def test_merge_takes_over_ids_and_numbers_so_that_imports_still_find_it():
    stays = OrganisationFactory(external_id="a", registration_number="124-81-00998")
    goes = OrganisationFactory(external_id="b", registration_number="220-81-62517", city="서울")
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    for clue in ({"external_id": "a"}, {"external_id": "b"}, {"numbers": ["2208162517"]}, {"numbers": ["1248100998"]}):
        assert find_organisation(**clue).organisation == stays
    assert Organisation.objects.get().city == "서울"


@pytest.mark.parametrize("keep_names", [True, False])
def test_names_and_numbers_that_are_not_said_to_be_right_find_nobody(keep_names):
    stays, goes = OrganisationFactory(), OrganisationFactory()
    OrganisationAlias.objects.create(organisation=goes, name="НИИ Прокат")
    OrganisationNumber.objects.create(organisation=goes, kind="ru_inn", value="7707083893")
    OrganisationNumber.objects.create(organisation=goes, kind="external", value="old-7")
    merge_organisations(stays=stays, goes=goes, by=create_staff(), keep_names=keep_names)
    clues = ({"external_id": "old-7"}, {"name": "НИИ Прокат"}, {"numbers": [("ru_inn", "7707083893")]})
    told = [find_organisation(**clue).organisation for clue in clues]
    given_way = OrganisationMerge.objects.get().old_values["given_way"]
    assert (told, given_way) == (
        ([stays, stays, stays], {})
        if keep_names
        else ([stays, None, None], {"numbers": [["ru_inn", "7707083893"]], "aliases": ["НИИ Прокат"]})
    )


def test_merge_lets_no_member_of_an_unconfirmed_record_in():
    stays, goes = OrganisationFactory(name_ko="㈜한결"), OrganisationFactory(name_ko="㈜한결테크", is_new=True)
    colleague, stranger = create_member(organisation=stays), create_member(organisation=goes)
    Invitation.objects.create(organisation=goes, email="friend@example.org")
    merge_organisations(stays=stays, goes=goes, by=create_staff(), keep_names=False)
    assert list(Membership.objects.order_by("user").values_list("user", "state", "role")) == [
        (colleague.pk, "active", "owner"),
        (stranger.pk, "pending", "member"),
    ]
    assert (Invitation.objects.count(), find_organisation(name="㈜한결테크").organisation) == (0, None)


def test_merge_keeps_one_membership_of_a_person_who_is_in_both():
    stays, goes, person = OrganisationFactory(), OrganisationFactory(), UserFactory()
    MembershipFactory(organisation=stays, user=person, state="pending", role="member")
    MembershipFactory(organisation=goes, user=person)
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    assert Membership.objects.values_list("organisation", "state", "role").get() == (stays.pk, "active", "owner")


def invited(organisation, email, **ended):
    staff = User.objects.filter(groups__name="centre_staff").first() or create_staff()
    return Invitation.objects.create(organisation=organisation, email=email, invited_by=staff, **ended)


def test_merge_keeps_of_two_invitations_the_one_that_can_be_accepted():
    stays, goes = OrganisationFactory(), OrganisationFactory()
    past = timezone.now() - timedelta(days=1)
    for number, ended in enumerate([{"withdrawn_at": past}, {"expires_at": past}, {"rights_ended_at": past}]):
        invited(stays, f"ended{number}@example.org", **ended)
        invited(goes, f"ended{number}@example.org")
        invited(stays, f"live{number}@example.org")
        invited(goes, f"live{number}@example.org", **ended)
        invited(stays, f"both{number}@example.org", **ended)
        invited(goes, f"both{number}@example.org", **ended)
    invited(goes, "only@example.org")
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    live = [f"{word}{number}@example.org" for word in ("ended", "live") for number in range(3)]
    assert list(Invitation.objects.valid().values_list("email", flat=True)) == [*live, "only@example.org"]
    assert Invitation.objects.filter(organisation=stays).count() == 10


def test_whoever_waits_after_a_merge_is_told_the_name_in_their_language():
    stays = OrganisationFactory(name_ko="가온정밀", name_ru="Гамма", name_en="Gamma", is_name_masked=False)
    goes = OrganisationFactory(is_new=True)
    MembershipFactory(organisation=goes, user__language="ru")
    with override("ko"):
        merge_organisations(stays=stays, goes=goes, by=create_staff())
    assert ("Гамма" in mail.outbox[-1].body, "가온" in mail.outbox[-1].body) == (True, False)


def test_merge_keeps_one_role_in_one_research_task():
    stays, goes = OrganisationFactory(), OrganisationFactory()
    partner = TaskPartnerFactory(organisation=stays)
    TaskPartnerFactory(organisation=goes, research_task=partner.research_task, role=partner.role)
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    assert stays.task_partnerships.count() == 1


def obstacle_unconfirmed(stays, goes):
    Organisation.objects.filter(pk=stays.pk).update(confirmation="unconfirmed")


def obstacle_both_asked(stays, goes):
    request = MatchRequestFactory(organisation=stays)
    MatchRequestFactory(organisation=goes, technology=request.technology)


def obstacle_asked_the_other(stays, goes):
    MatchRequestFactory(organisation=goes, technology=TechnologyFactory(holder=stays))


@pytest.mark.parametrize("make", [obstacle_unconfirmed, obstacle_both_asked, obstacle_asked_the_other])
def test_merge_waits_for_what_has_to_be_decided_first(make):
    stays, goes = OrganisationFactory(), InstituteFactory()
    make(stays, goes)
    with pytest.raises(MergeObstacleError):
        merge_organisations(stays=stays, goes=goes, by=create_staff())
    assert Organisation.objects.filter(pk=goes.pk).exists()


def test_merge_refuses_records_changed_after_they_were_compared():
    stays, goes = OrganisationFactory(revision=2), OrganisationFactory()
    with pytest.raises(StaleRevisionError):
        merge_organisations(stays=stays, goes=goes, by=create_staff(), revisions=(1, 1))


def test_records_that_were_merged_one_into_the_other_all_lead_to_the_last():
    first, second, third = (OrganisationFactory() for _ in range(3))
    merge_organisations(stays=second, goes=first, by=create_staff())
    merge_organisations(stays=third, goes=Organisation.objects.get(pk=second.pk), by=create_staff())
    assert set(OrganisationMerge.objects.values_list("old_id", "organisation")) == {
        (first.pk, third.pk),
        (second.pk, third.pk),
    }


@pytest.mark.parametrize("kind", ["institute", "company"])
@pytest.mark.parametrize("masked", [("company", True, 1), ("institute", True, 1), ("company", False, 0)])
def test_masked_name_is_not_shown_by_merging_it_alone(kind, masked):
    """Of whatever kind: one person says what kind an organisation is."""
    kind_of_goes, is_masked, asked = masked
    stays = OrganisationFactory(kind=kind, is_name_masked=False)
    goes = OrganisationFactory(kind=kind_of_goes, is_name_masked=is_masked)
    row = merge_organisations(stays=stays, goes=goes, by=create_staff())
    row.refresh_from_db()
    proposed = NameProposal.objects.waiting().filter(organisation=row, new={"is_name_masked": False})
    assert (row.is_name_masked, proposed.count()) == (is_masked, asked)


def test_stranger_whose_record_gives_way_is_not_told_the_masked_name():
    """Whoever registers a company's double would be mailed who it is."""
    stays = OrganisationFactory(name_ko="㈜비밀정밀", is_name_masked=True)
    goes = OrganisationFactory(name_ko="㈜한결", is_new=True)
    stranger = create_member(organisation=goes)
    merge_organisations(stays=stays, goes=goes, by=create_staff(), keep_names=False)
    (told,) = [message for message in mail.outbox if message.to == [stranger.email]]
    assert ("비밀정밀" in f"{told.subject}{told.body}", stays.public_name in told.subject) == (False, True)
