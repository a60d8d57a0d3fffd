import pytest

from accounts.domain.organisations.registering import register_organisation
from accounts.models import NameProposal, Organisation, OrganisationAlias, OrganisationClaim, OrganisationNumber
from matching.models import Introduction, MatchRequest, Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
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
    response = client.post(f"/requests/{match_request.pk}/introduce/", {"introduced_on": "2026-11-01"})
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
    assert client.post(page, {"answer": "yes"}).status_code == 302
    assert Organisation.objects.get().name_ru == "Новое"


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
    assert client.post(f"/curation/claims/{claim.pk}/", {"answer": "yes"}).status_code == 302
    assert real.memberships.get().state == "active"


def test_a_number_and_a_name_are_noted_once_and_checked(client, staff):
    organisation, other = OrganisationFactory(registration_number="124-81-00998"), OrganisationFactory()
    page = f"/curation/organisations/{other.pk}/identity/"

    def errors(**data):
        response = client.post(page, data)
        return set() if response.status_code == 302 else set(response.context[f"{data_form(data)}_form"].errors)

    def data_form(data):
        return "number" if data["mark"] == "number" else "alias"

    assert errors(mark="number", kind="ru_inn", value="77 07 08 38 94") == {"value"}
    assert errors(mark="number", kind="kr_business", value="1248100998") == {"value"}
    assert errors(mark="number", kind="ru_inn", value="７７０７０８３８９３") == set()
    assert errors(mark="name", name="Han Gyeol", language="en", kind="alias") == set()
    assert errors(mark="name", name="Han Gyeol", language="en", kind="alias") != set()
    assert list(OrganisationNumber.objects.values_list("organisation", "value")) == [(other.pk, "7707083893")]
    alias = OrganisationAlias.objects.get()
    assert client.post(f"/curation/identity/name/{alias.pk}/remove/").status_code == 302
    assert not OrganisationAlias.objects.exists() and organisation.pk


def test_two_records_become_one_and_the_old_address_leads_on(client, staff):
    stays, goes = OrganisationFactory(name_ko="㈜한결정밀"), OrganisationFactory(name_ko="㈜한결정밀소재", is_new=True)
    page = f"/curation/organisations/{goes.pk}/merge/"
    assert "㈜한결정밀" in client.get(page).content.decode()
    compared = client.get(page, {"with": stays.pk})
    assert compared.context["suggested"] == stays
    data = {"with": stays.pk, "stays": stays.pk, f"revision_{stays.pk}": 1, f"revision_{goes.pk}": 1}
    assert client.post(page, data).status_code == 200, "nobody has ticked that they are the same"
    wrong_way = client.post(page, {**data, "stays": goes.pk, "is_same": "1"})
    assert (wrong_way.status_code, Organisation.objects.count()) == (200, 2)
    assert client.post(page, {**data, "is_same": "1"}).url == f"/curation/organisations/{stays.pk}/"
    for address in ("", "edit/", "merge/"):
        moved = client.get(f"/curation/organisations/{goes.pk}/{address}")

        assert (moved.status_code, moved.url) == (302, f"/curation/organisations/{stays.pk}/{address}")
    client.force_login(UserFactory())
    assert client.get(f"/curation/organisations/{goes.pk}/").status_code == 403


def test_what_was_chosen_before_an_error_of_a_merge_is_chosen_still(client, staff):
    one, other = OrganisationFactory(name_ko="㈜한결정밀"), OrganisationFactory(name_ko="㈜한결정밀소재")
    CompanyProfileFactory(organisation=one), CompanyProfileFactory(organisation=other)
    page = f"/curation/organisations/{one.pk}/merge/"
    revisions = {f"revision_{one.pk}": 1, f"revision_{other.pk}": 1}
    answer = client.post(page, {"with": other.pk, "stays": other.pk, "profile": one.pk, **revisions})
    assert answer.context["suggested"] == other, "nobody merges the wrong way because a tick was missing"
    asked = [(question.name, whose) for question, whose in answer.context["questions"]]
    assert (asked, answer.context["keeps_names"]) == ([("profile", one)], False)
