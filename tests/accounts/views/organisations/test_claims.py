import pytest
from django.contrib.messages import get_messages

from accounts.domain.organisations.claims import report_claim
from accounts.domain.organisations.registering import register_organisation
from accounts.models import NameProposal, OrganisationClaim
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
COMPANY = {"name_ko": "㈜한결", "kind": "company", "country": "KR", "registration_number": "124-81-00998"}


def told(answer):
    """What the next page says about this answer alone: a page in between has shown what was told before."""
    return list(get_messages(answer.wsgi_request))[-1:]


def test_somebody_disputes_an_organisation_that_others_registered(client):
    register_organisation(by=UserFactory(), data=COMPANY)
    real = UserFactory()
    client.force_login(real)
    page = "/my/organisation/dispute/"
    assert client.get(page, {"registration_number": "１２４-81-00998"}).status_code == 200
    assert client.get(page, {"registration_number": "220-81-62517"}).status_code == 404
    client.post(page, {"registration_number": "124-81-00998", "message": "저희 회사입니다."})
    claim = OrganisationClaim.objects.get()
    assert f"claim-{claim.pk}" in client.get("/my/organisation/").content.decode()
    client.force_login(create_staff())
    assert (
        client.post(
            f"/curation/claims/{claim.pk}/",
            {
                "answer": "yes",
                "expected_revision": claim.revision,
                "organisation_revision": claim.organisation.revision,
            },
        ).status_code
        == 302
    )
    assert real.memberships.get().state == "active"


def test_whoever_acts_for_an_organisation_or_for_the_centre_disputes_none(client):
    for person in (create_member(), create_staff()):
        client.force_login(person)
        assert client.post("/my/organisation/dispute/", {"message": "…"}).status_code == 403


def test_whoever_waits_to_join_disputes_that_organisation_and_no_other_by_its_membership(client):
    waiting = MembershipFactory(state="pending", role="member", organisation__is_name_masked=True)
    others = MembershipFactory(state="pending")
    client.force_login(waiting.user)
    page = "/my/organisation/dispute/"
    assert client.post(page, {"membership": others.pk, "message": "저희 회사입니다."}).status_code == 404
    assert client.post(page, {"membership": waiting.pk, "message": "저희 회사입니다."}).status_code == 302
    assert OrganisationClaim.objects.values_list("organisation", "asked_by").get() == (
        waiting.organisation_id,
        waiting.user_id,
    )


def test_claim_is_taken_back_once_and_by_whoever_made_it(client):
    person = UserFactory()
    claim = report_claim(organisation=OrganisationFactory(), by=person, message="…")
    address = f"/my/claims/{claim.pk}/take-back/"
    client.force_login(UserFactory())
    assert client.post(address).status_code == 404
    client.force_login(person)
    assert client.get(address).status_code == 405
    levels = [message.level_tag for _try in range(2) for message in told(client.post(address))]
    assert (levels, OrganisationClaim.objects.get().state) == (["success", "info"], "taken_back")


def test_proposed_name_is_taken_back_by_an_owner_only(client):
    owner = MembershipFactory()
    colleague = MembershipFactory(organisation=owner.organisation, role="member")
    proposal = NameProposal.objects.create(organisation=owner.organisation, old={}, new={"name_en": "X"})
    answers = []
    for person in (UserFactory(), colleague.user, owner.user):
        client.force_login(person)
        answer = client.post(f"/my/names/{proposal.pk}/take-back/")
        proposal.refresh_from_db()
        answers.append((answer.status_code, proposal.state))
    assert answers == [(404, "waiting"), (403, "waiting"), (302, "taken_back")]
    (late,) = told(client.post(f"/my/names/{proposal.pk}/take-back/"))
    assert late.level_tag == "info"


def test_disputes_have_a_limit_and_a_length_and_keep_what_was_typed(client, settings):
    settings.THROTTLING = {"dispute": {"sender": (5, 3600)}}
    waiting = MembershipFactory(state="pending", role="member")
    client.force_login(waiting.user)

    def say(message):
        return client.post("/my/organisation/dispute/", {"membership": waiting.pk, "message": message})

    assert say("가" * 2_001).status_code == 200
    assert [say(str(number) * 2_000).status_code for number in range(3)] == [302] * 3
    full = say("f" * 2_000)
    assert (full.status_code, "f" * 2_000 in full.content.decode()) == (200, True)
    assert full.context["form"].non_field_errors() == ["센터가 이미 긴 신고를 받았습니다. 답변을 기다려 주세요."]
    say("short")
    late = say("late")
    assert (late.status_code, "late" in late.content.decode()) == (429, True)
    assert len(OrganisationClaim.objects.get().message) < 8_000
