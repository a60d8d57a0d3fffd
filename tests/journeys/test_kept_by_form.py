"""A text belongs to its form and to what the form is about, whatever else stands on the page or happens to it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from kr_ru_platform.models import KeptPost
from matching.domain.intake.technology_imports import continue_import, unfinished_imports, upload_import
from matching.models import Match
from tests.factories.demand import DemandFactory
from tests.factories.match import make_scored, record_scoring
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "시험 성적서를 보내 드립니다. 방열 성능을 확인해 주세요."
OFFER = "[data-kept-offer]"
UNKNOWN = "가나,다라,마바\n비정질 리본,얇은 띠이다.,메모\n".encode()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def write(page, field, text=TEXT):
    page.fill(field, text)
    page.wait_for_timeout(500)


def open_page(page, live_server, path):
    page.goto(f"{live_server.url}{path}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)


def test_text_is_offered_when_other_forms_have_come_or_gone(page, live_server, log_in):
    match_request, staff = MatchRequestFactory(), create_staff()
    log_in(staff)
    path = f"/requests/{match_request.pk}/decline/"
    open_page(page, live_server, path)
    write(page, "#id_body")
    # A notice of another text, with its button, stands above the form from now on.
    KeptPost.objects.create(token="t", account=staff.pk, path="/guide/", fields=[["body", TEXT]])
    log_in(staff)
    open_page(page, live_server, path)
    expect(page.locator("form[action$='/discard/']")).to_have_count(1)
    page.click(f"{OFFER} [data-kept-accept]")
    expect(page.locator("#id_body")).to_have_value(TEXT)


def test_text_is_offered_when_a_form_with_the_same_address_stands_before_it(page, live_server, log_in):
    match_request = MatchRequestFactory()
    log_in(match_request.requested_by)
    path = f"/requests/{match_request.pk}/"
    open_page(page, live_server, path)
    write(page, "#id_body")

    def with_another_form(route):
        answer = route.fetch()
        before = f'<main><form method="post" action="{path}"><input type="text" name="other" maxlength="300"></form>'
        route.fulfill(response=answer, body=answer.text().replace("<main", before + "<main", 1))

    page.route(f"**{path}", with_another_form)
    open_page(page, live_server, path)
    page.click(f"form:has(#id_body) {OFFER} [data-kept-accept]")
    expect(page.locator("#id_body")).to_have_value(TEXT)


def test_claim_about_one_organisation_is_not_offered_at_another(page, live_server, log_in):
    person, one, other = UserFactory(), InstituteFactory(), InstituteFactory()
    log_in(person)
    addresses = [f"/my/organisation/dispute/?organisation={row.pk}" for row in (one, other)]
    open_page(page, live_server, addresses[0])
    write(page, "#id_message")
    open_page(page, live_server, addresses[1])
    expect(page.locator(OFFER)).to_have_count(0)
    open_page(page, live_server, addresses[0])
    expect(page.locator(OFFER)).to_contain_text(TEXT)


def test_meaning_of_columns_is_offered_again(page, live_server, log_in):
    staff = create_staff()
    row = upload_import(by=staff, file=SimpleUploadedFile("a.csv", UNKNOWN), name="a.csv")
    for pk in unfinished_imports():
        continue_import(import_id=pk)
    log_in(staff)
    path = reverse("technology_import_columns", args=[row.pk])
    open_page(page, live_server, path)
    page.select_option("[name=column_0]", "title")
    page.select_option("[name=column_1]", "summary")
    page.wait_for_timeout(500)
    open_page(page, live_server, path)
    page.click(f"{OFFER} [data-kept-accept]")
    expect(page.locator("[name=column_0]")).to_have_value("title")
    expect(page.locator("[name=column_1]")).to_have_value("summary")


def test_reason_whose_row_is_gone_meanwhile_can_be_read(page, live_server, log_in):
    demand = DemandFactory()
    match = make_scored(demand, meaning=0.6, readiness=0.0)
    record_scoring(demand=demand)
    log_in(create_member(organisation=demand.organisation))
    open_page(page, live_server, reverse("demand_detail", args=[demand.pk]))
    page.click(f"#judge-link-{match.pk}")
    form = page.locator(f"#not-relevant-{match.pk}")
    form.locator("select").select_option(index=1)
    write(page, f"#id_{match.pk}_text")
    Match.objects.all().delete()
    form.locator("button[type=submit]").click()
    expect(page.locator("#messages")).to_contain_text("그사이 내용이 바뀌어")
    page.click("#messages a")
    expect(page).to_have_url(f"{live_server.url}/my/kept/texts/")
    card = page.locator("[data-kept-here] .card")
    expect(card).to_contain_text(TEXT)
    expect(card.locator("[data-kept-page]")).to_have_attribute("href", reverse("demand_detail", args=[demand.pk]))
    card.locator("[data-kept-discard]").click()
    page.reload()
    page.wait_for_timeout(300)
    expect(page.locator("[data-kept-here]")).to_be_hidden()
