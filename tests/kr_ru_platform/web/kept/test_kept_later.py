"""What the page of a form does not take any more can still be read, and goes where it belongs."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.domain.organisations.merging import merge_organisations
from accounts.models import OrganisationClaim
from kr_ru_platform.models import KeptPost, SentForm
from matching.domain.technologies.curation import update_technology
from matching.models import MatchRequest, ProposedChange, Technology
from projects.domain.outcomes import verify_outcome
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_programme_admin, create_staff
from tests.kr_ru_platform.web.forms import fields_of, filled, page_form

pytestmark = pytest.mark.django_db
TEXT = "진공 챔버 부품을 만드는 회사입니다.\n둘째 줄도 그대로"
PDF = b"%PDF-1.7 test"
TEXTS = "/my/kept/texts/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client):
    user = create_staff()
    client.force_login(user)
    return user


def next_of(answer):
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def bring_back(client):
    """The button of the notice that stands on every page."""
    kept = KeptPost.objects.get()
    page = client.get("/guide/").content.decode()
    assert f"kept={kept.pk}" in page and f"{TEXTS}#kept-{kept.pk}" in page
    address = next(link for link in links_of(page) if link.endswith(f"kept={kept.pk}"))
    return client.get(address, follow=True)


def links_of(page):
    return [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]


@pytest.mark.parametrize(
    ("page", "field"),
    [("/curation/organisations/{}/edit/", "name_ko"), ("/companies/{}/profile/", "products")],
)
def test_text_for_an_organisation_merged_meanwhile_stands_in_the_form_of_the_one_that_stayed(
    client, staff, page, field
):
    goes, stays = OrganisationFactory(), OrganisationFactory()
    CompanyProfileFactory(organisation=stays)
    data = filled(client.get(page.format(goes.pk)), field, **{field: f"새로 {TEXT.splitlines()[0]}"})
    merge_organisations(stays=stays, goes=goes, by=create_programme_admin(), keep_names=False)
    answer = client.post(page.format(goes.pk), data, follow=True)
    assert filled(answer, field)[field] == f"새로 {TEXT.splitlines()[0]}"
    assert answer.redirect_chain[0][0].startswith(page.format(stays.pk))
    assert "합쳐졌습니다" in answer.content.decode()
    assert not SentForm.objects.exists()
    # Saved at once it would overwrite a row that nobody has looked at: both are compared first.
    answer = client.post(page.format(stays.pk), filled(answer, field))
    assert answer.status_code in (200, 409) and answer.context.get("conflict", answer.context.get("is_conflict"))


def test_text_of_a_page_that_is_gone_is_read_on_a_page_of_its_own(client):
    match_request = MatchRequestFactory()
    writer = match_request.requested_by
    client.force_login(writer)
    url = f"/requests/{match_request.pk}/"
    file = SimpleUploadedFile("성적서.pdf", PDF)
    data = filled(client.get(url), "body", body=TEXT, files=[file])
    writer.memberships.all().delete()
    answer = client.post(url, data)
    kept = KeptPost.objects.get()
    assert (answer.status_code, f"{TEXTS}#kept-{kept.pk}" in answer.content.decode()) == (404, True)
    answer = bring_back(client)
    assert answer.redirect_chain == [(f"{TEXTS}#kept-{kept.pk}", 302)]
    assert TEXT in answer.content.decode() and "열리지 않습니다" in answer.content.decode()
    answer = client.get(f"/my/kept/{kept.pk}/file/1/")
    assert b"".join(answer.streaming_content) == PDF
    assert client.get(f"/my/kept/{kept.pk}/file/2/").status_code == 404
    client.force_login(UserFactory())
    assert client.get(f"/my/kept/{kept.pk}/file/1/").status_code == 404
    assert TEXT not in client.get(TEXTS).content.decode()


def test_outcome_verified_while_it_was_edited_can_be_copied_with_its_file(client, staff):
    outcome = OutcomeFactory(status="claimed")
    url = f"/outcomes/{outcome.pk}/edit/"
    file = SimpleUploadedFile("증빙.pdf", PDF)
    data = filled(client.get(url), "evidence", evidence=TEXT, evidence_file=file)
    verify_outcome(outcome=outcome, by=create_programme_admin(), expected_revision=outcome.revision)
    assert client.post(url, data).status_code == 403
    answer = bring_back(client)
    assert TEXT in answer.content.decode() and "증빙.pdf" in answer.content.decode()


def test_reason_for_a_state_that_changed_meanwhile_can_be_copied(client):
    client.force_login(create_programme_admin())
    technology = TechnologyFactory(state="in_review")
    url = f"/curation/technologies/{technology.pk}/move/published/"
    data = filled(client.get(url), "revision", reason=TEXT)
    Technology.objects.update(state="archived")
    assert client.post(url, data).status_code == 302
    assert TEXT in bring_back(client).content.decode()


def test_error_pages_lead_to_the_texts_that_were_not_taken(client, staff):
    assert f'href="{TEXTS}"' in client.get("/nowhere/").content.decode()
    client.force_login(UserFactory())
    assert f'href="{TEXTS}"' in client.get("/curation/technologies/").content.decode()
    client.logout()
    assert f'href="{TEXTS}"' not in client.get("/nowhere/").content.decode()


def test_claim_sent_after_the_session_is_about_the_same_organisation(client):
    person, organisation = UserFactory(), InstituteFactory()
    client.force_login(person)
    url = f"/my/organisation/dispute/?organisation={organisation.pk}"
    data = filled(client.get(url), "message", message=TEXT)
    client.session.flush()
    answer = client.post(url, data)
    client.force_login(person)
    page = client.get(next_of(answer))
    assert filled(page, "message")["message"] == TEXT
    assert client.post(url, filled(page, "message")).status_code == 302
    assert OrganisationClaim.objects.get().organisation == organisation


def test_request_sent_after_the_session_still_knows_its_match(client):
    demand = DemandFactory()
    person = create_member(organisation=demand.organisation)
    match = MatchFactory(demand=demand)
    client.force_login(person)
    url = f"/technologies/{match.technology_id}/request/?match={match.pk}"
    data = filled(client.get(url), "message", message=TEXT)
    client.session.flush()
    answer = client.post(url, data)
    client.force_login(person)
    back = next_of(answer)
    assert client.post(back, filled(client.get(back), "message")).status_code == 302
    assert MatchRequest.objects.get().match == match


@pytest.mark.parametrize("text", ["단위가 원", "нет"])
def test_few_words_sent_after_the_session_are_kept(client, staff, text):
    outcome = OutcomeFactory()
    client.force_login(create_programme_admin())
    url = f"/outcomes/{outcome.pk}/dispute/"
    data = filled(client.get(url), "note", note=text)
    client.session.flush()
    answer = client.post(url, data)
    assert ["note", text] in KeptPost.objects.get().fields
    assert "kept=" in next_of(answer)


def test_log_in_after_a_press_says_that_it_has_not_been_done(client):
    demand = DemandFactory()
    person = create_member(organisation=demand.organisation)
    client.force_login(person)
    url = f"/demands/{demand.pk}/close/"
    data = {"form_token": fields_of(page_form(client.get(url), "form_token"))["form_token"]}
    client.session.flush()
    answer = client.post(url, data)
    client.force_login(person)
    answer = client.get(next_of(answer), follow=True)
    assert (answer.redirect_chain, "다시 눌러" in answer.content.decode()) == ([(url, 302)], True)


def test_words_that_were_taken_before_are_not_told_to_be_missing(client):
    outcome = OutcomeFactory()
    client.force_login(create_programme_admin())
    url = f"/outcomes/{outcome.pk}/dispute/"
    data = filled(client.get(url), "note", note=TEXT)
    assert client.post(url, data).status_code == 302
    data = filled(client.get(url), "note", note=TEXT) | {"expected_revision": "7"}
    client.post(url, data)
    assert not KeptPost.objects.exists()


@pytest.fixture
def change():
    """One that somebody else has proposed, for a checker to decide."""
    update_technology(technology=TechnologyFactory(), by=create_staff(), data={"trl": 8})
    return ProposedChange.objects.get()


def test_button_pressed_after_the_log_in_is_the_one_that_counts(client, staff, change):
    url = f"/curation/changes/{change.pk}/"
    data = filled(client.get(url), "reason", reason=TEXT, decision="approve")
    client.session.flush()
    answer = client.post(url, data)
    client.force_login(staff)
    page = client.get(next_of(answer))
    # As a browser sends it: the button that was pressed, and after it what stands further down in the form.
    standing = [field["value"] for field in page_form(page, "reason").find_all("input", attrs={"name": "decision"})]
    client.post(url, filled(page, "reason") | {"decision": ["return", *standing]})
    change.refresh_from_db()
    assert (change.state, change.reason) == ("returned", TEXT)


def test_form_that_is_shown_again_with_its_buttons_is_not_said_to_be_kept(client, staff, change):
    url = f"/curation/changes/{change.pk}/"
    data = filled(client.get(url), "reason", reason=TEXT, decision="approve")
    update_technology(technology=change.technology, by=create_staff(), data={"trl": 7})
    answer = client.post(url, data)
    assert (answer.status_code, filled(answer, "reason")["reason"]) == (409, TEXT)
    assert not KeptPost.objects.exists()
    assert "kept=" not in client.get("/guide/").content.decode()


def test_registration_sent_by_who_has_become_a_member_meanwhile_is_kept_and_told(client):
    person = UserFactory()
    client.force_login(person)
    url = "/my/organisation/"
    data = filled(client.get(url), "name_ko", name_ko="새봄 소재 주식회사", website="https://saebom.example")
    create_member(user=person)
    answer = client.post(url, data)
    kept = KeptPost.objects.get()
    assert (answer.status_code, f"{TEXTS}#kept-{kept.pk}" in answer.content.decode()) == (200, True)
    assert "새봄 소재 주식회사" in bring_back(client).content.decode()
