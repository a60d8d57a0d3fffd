import pytest

from accounts.domain.organisations.claims import reject_claim, report_claim, take_claim_back, uphold_claim
from accounts.domain.organisations.merging import merge_organisations
from accounts.errors import ClaimIsFullError
from accounts.models import Membership, OrganisationClaim
from kr_ru_platform.saving.errors import MoveNotAllowedError
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_uphold_claim_hands_the_account_over():
    organisation = OrganisationFactory(is_new=True)
    squatter, real = create_member(organisation=organisation), UserFactory()
    claim = report_claim(organisation=organisation, by=real, message="…")
    assert report_claim(organisation=organisation, by=real, message="again") == claim
    uphold_claim(claim=claim, by=create_staff())
    assert dict(Membership.objects.values_list("user", "state")) == {squatter.pk: "pending", real.pk: "active"}
    assert Membership.objects.get(user=real).role == "owner"
    assert Membership.objects.get(user=squatter).role == "member"
    with pytest.raises(MoveNotAllowedError):
        reject_claim(claim=claim, by=create_staff(), reason="…")


def test_reject_claim_and_take_claim_back_change_no_membership():
    organisation = OrganisationFactory()
    owner, person = create_member(organisation=organisation), UserFactory()
    reject_claim(claim=report_claim(organisation=organisation, by=person, message="…"), by=create_staff(), reason="…")
    take_claim_back(claim=report_claim(organisation=organisation, by=person, message="…"), by=person)
    assert list(OrganisationClaim.objects.order_by("pk").values_list("state", flat=True)) == ["declined", "taken_back"]
    assert list(Membership.objects.values_list("user", "state")) == [(owner.pk, "active")]


def test_second_report_while_the_first_waits_is_read_with_it() -> None:
    organisation, person = OrganisationFactory(), UserFactory()
    for message in ("사업자등록증을 보냅니다.", "사업자등록증을 보냅니다.", "대표자는 접니다.", " 대표자는 접니다. "):
        report_claim(organisation=organisation, by=person, message=message)
    assert OrganisationClaim.objects.get().message == "사업자등록증을 보냅니다.\n\n대표자는 접니다."


def test_reports_about_two_organisations_that_become_one_are_read_together() -> None:
    stays, goes, person = OrganisationFactory(), OrganisationFactory(), UserFactory()
    claim = report_claim(organisation=stays, by=person, message="첫째 근거")
    report_claim(organisation=goes, by=person, message="둘째 근거")
    merge_organisations(stays=stays, goes=goes, by=create_programme_admin())
    claim.refresh_from_db()
    assert (claim.message, OrganisationClaim.objects.waiting().get()) == ("첫째 근거\n\n둘째 근거", claim)


def test_what_one_person_says_of_one_organisation_has_an_end() -> None:
    organisation, person = OrganisationFactory(), UserFactory()
    for number in range(3):
        report_claim(organisation=organisation, by=person, message=str(number) * 2_000)
    report_claim(organisation=organisation, by=person, message="0" * 2_000)
    before = OrganisationClaim.objects.get().message
    with pytest.raises(ClaimIsFullError):
        report_claim(organisation=organisation, by=person, message="4" * 2_000)
    assert OrganisationClaim.objects.get().message == before
    assert len(before) == 6_004
