import pytest

from accounts.domain.organisations.claims import report_claim
from accounts.domain.organisations.registering import register_organisation
from accounts.models import NameProposal, Organisation
from matching.models import Introduction, MatchRequest, Technology
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
SEEN = {"expected_revision": 1, "technology_revision": 1}
COMPANY = {"name_ko": "㈜한결", "kind": "company", "country": "KR", "registration_number": "124-81-00998"}


@pytest.fixture
def staff(client):
    user = create_staff()
    client.force_login(user)
    return user


def test_member_reads_what_is_missing_and_staff_confirm(client):
    member = UserFactory()
    organisation = register_organisation(by=member, data=COMPANY)
    client.force_login(member)
    assert b'id="not-confirmed"' in client.get("/my/organisation/").content

    client.force_login(create_staff())
    assert f"organisation-{organisation.pk}" in client.get("/curation/organisations/to-decide/").content.decode()
    page = f"/curation/organisations/{organisation.pk}/confirm/"
    assert client.post(page, {"ground": "registry", "note": "x"}).context["form"].errors.keys() == {"ground"}
    assert client.post(page, {"ground": "document", "note": " "}).context["form"].errors.keys() == {"note"}
    assert client.post(page, {"ground": "document", "note": "등록증.pdf", "expected_revision": 1}).status_code == 302
    assert Organisation.objects.get().is_confirmed

    client.force_login(member)
    assert b'id="not-confirmed"' not in client.get("/my/organisation/").content


def test_confirmation_of_a_row_changed_meanwhile_is_asked_again(client, staff):
    organisation = OrganisationFactory(is_new=True, revision=2)
    page = f"/curation/organisations/{organisation.pk}/confirm/"
    first = client.post(page, {"ground": "known", "note": "전시회에서 만남", "expected_revision": 1})
    assert (first.status_code, first.context["form"]["expected_revision"].value()) == (200, "2")


@pytest.mark.parametrize("party", ["company", "holder"])
def test_nobody_is_introduced_to_an_unconfirmed_organisation(client, staff, party):
    parties = {
        "organisation": OrganisationFactory(is_new=party == "company"),
        "technology": TechnologyFactory(holder=InstituteFactory(is_new=party == "holder")),
    }
    match_request = MatchRequestFactory(state="accepted", **parties)
    response = client.post(f"/requests/{match_request.pk}/introduce/", {"introduced_on": "2026-11-01", **SEEN})
    assert response.status_code == 200 and response.context["form"].non_field_errors()
    assert (MatchRequest.objects.get().state, Introduction.objects.count()) == ("accepted", 0)


def test_no_agreement_is_signed_with_an_unconfirmed_organisation(client, staff):
    introduction = IntroductionFactory(match_request__organisation=OrganisationFactory(is_new=True), nda_signed_on=None)
    data = {"introduced_on": "2026-11-01", "nda_signed_on": "2026-11-02", "expected_revision": 1}
    response = client.post(f"/curation/introductions/{introduction.pk}/edit/", data)
    assert response.context["form"].errors.keys() == {"nda_signed_on"}
    assert Introduction.objects.get().nda_signed_on is None


def test_an_unconfirmed_holder_needs_a_tick(client, staff):
    claimed = InstituteFactory(name_ru="Институт", is_new=True)
    technology = TechnologyFactory(holder=None, state="draft")
    page = f"/curation/technologies/{technology.pk}/edit/"
    facts = {"direction": "ru_kr", "disclosure": "nda", "ipr_status": "unknown", "revision": 1}
    facts["direction"] = technology.direction
    by_name = client.post(page, {**facts, "holder": "Институт"})
    assert by_name.context["form"].errors.as_data()["holder"][0].code == "not_identified"
    chosen = {**facts, "holder": f"Институт [{claimed.pk}]"}
    assert client.post(page, chosen).context["form"].errors.keys() == {"is_holder_checked"}
    assert Technology.objects.get().holder is None
    assert client.post(page, {**chosen, "is_holder_checked": "on"}).status_code == 302
    assert Technology.objects.get().holder == claimed


def test_an_unconfirmed_organisation_is_no_partner_of_a_research_task(client, staff):
    from projects.forms.research_tasks import PartnerFormSet

    claimed, task = OrganisationFactory(name_ko="㈜가", is_new=True), ResearchTaskFactory()
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-organisation": "㈜가", "form-0-role": "lead"}
    formset = PartnerFormSet(data)
    assert (formset.is_valid(), task.partners.count()) == (False, 0)
    assert formset.forms[0].errors.keys() >= {"organisation"}
    assert not claimed.task_partnerships.exists()


def test_staff_answer_a_proposed_name(client, staff):
    organisation = InstituteFactory(name_ru="Старое")
    member = create_member(organisation=organisation)
    client.force_login(member)
    client.post(f"/my/organisation/{organisation.pk}/edit/", {"name_ru": "Новое", "expected_revision": 1})
    assert "Новое" in client.get("/my/organisation/").content.decode()
    client.force_login(staff)
    page = f"/curation/names/{NameProposal.objects.get().pk}/"
    assert client.post(page, {"answer": "no", "reason": ""}).context["form"].errors.keys() == {"reason"}
    revision = Organisation.objects.get().revision
    seen = {"expected_revision": 1, "organisation_revision": revision}
    assert client.post(page, {"answer": "yes", **seen}).status_code == 302
    assert Organisation.objects.get().name_ru == "Новое"


@pytest.mark.parametrize("said", [{"expected_revision": 1, "organisation_revision": 2}, {}])
def test_claim_that_says_more_than_the_page_is_read_again(client, staff, said):
    """What was added meanwhile, or an organisation that has changed; what was typed stays."""
    claim = report_claim(organisation=OrganisationFactory(), by=UserFactory(), message="우리 회사입니다.")
    report_claim(organisation=claim.organisation, by=claim.asked_by, message="사실은 다른 회사입니다.")
    page = f"/curation/claims/{claim.pk}/"
    answer = client.post(page, {"answer": "yes", "reason": "확인", **said})
    claim.refresh_from_db()
    assert (claim.state, answer.context["form"]["reason"].value()) == ("waiting", "확인")
    assert answer.context["form"]["expected_revision"].value() == "2"
    assert "사실은 다른 회사입니다." in answer.content.decode()
    seen = {"expected_revision": 2, "organisation_revision": claim.organisation.revision}
    assert client.post(page, {"answer": "yes", **seen}).status_code == 302


def test_nothing_is_decided_by_a_form_that_does_not_say_what_was_seen(client, staff):
    """As old pages and hand-made requests send it."""
    new, known = OrganisationFactory(is_new=True), OrganisationFactory()
    draft, waiting = TechnologyFactory(state="draft"), MatchRequestFactory()
    proposal = NameProposal.objects.create(organisation=known, old={"name_en": known.name_en}, new={"name_en": "X"})
    task = ResearchTaskFactory()
    for page, data in {
        f"/curation/organisations/{new.pk}/confirm/": {"ground": "known", "note": "x"},
        f"/curation/organisations/{known.pk}/unconfirm/": {"note": "x"},
        f"/curation/names/{proposal.pk}/": {"answer": "yes"},
        f"/curation/technologies/{draft.pk}/move/in_review/": {},
        f"/requests/{waiting.pk}/decline/": {"reason": "other", "body": "x"},
        f"/research-tasks/{task.pk}/move/running/": {},
    }.items():
        assert client.post(page, data).status_code in (200, 302, 409), page
    rows = (new, known, proposal, draft, waiting, task)
    before = [(type(row), row.pk, getattr(row, "confirmation", ""), getattr(row, "state", "")) for row in rows]
    for row in rows:
        row.refresh_from_db()
    after = [(type(row), row.pk, getattr(row, "confirmation", ""), getattr(row, "state", "")) for row in rows]
    assert before == after
