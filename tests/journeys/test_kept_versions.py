"""A text comes back over the version it was written over, and with the files that wait for it."""

import pytest
from playwright.sync_api import expect

from accounts.domain.organisations.registering import save_organisation
from matching.domain.needs.demands import edit_demand, write_demand
from matching.models import RequestAttachment
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)
PROBLEM = "방열 코팅이 500시간 뒤에 벗겨진다. 접착력이 더 좋은 소재가 필요하다."
OFFER, NEWER = "[data-kept-offer]", "[data-kept-newer]"
PDF = {"name": "성적서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 test"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organisation():
    return MembershipFactory(role="owner").organisation


@pytest.fixture
def opened(page, live_server, log_in, organisation):
    """The page where the city has been typed, and a colleague has saved the website meanwhile."""
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(organisation.memberships.get().user)
    open_page(page, f"{live_server.url}/my/organisation/{organisation.pk}/edit/")
    page.fill("#id_city", "창원시 성산구")
    page.wait_for_timeout(600)
    data = {"website": "https://colleague.example"}
    save_organisation(by=create_staff(), data=data, organisation=organisation, expected_revision=organisation.revision)
    return page


def open_page(page, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)


def change_language(page):
    page.click(".language-switch button[value=ru]")
    expect(page.locator("html")).to_have_attribute("lang", "ru")


def save(page, field):
    page.click(f"main form:has({field}) .form-actions button[type=submit] >> nth=0")
    page.wait_for_load_state("networkidle")


def bring_back(page):
    page.reload()
    page.locator(OFFER).locator(NEWER).wait_for()
    page.click("[data-kept-accept]")


@pytest.mark.parametrize("come_back", [change_language, bring_back])
def test_what_a_colleague_has_saved_meanwhile_is_shown_and_stays(opened, organisation, come_back):
    come_back(opened)
    expect(opened.locator("#id_city")).to_have_value("창원시 성산구")
    if come_back is change_language:
        expect(opened.locator(NEWER)).to_be_visible()
    save(opened, "#id_city")
    expect(opened.locator("main")).to_contain_text("https://colleague.example")
    organisation.refresh_from_db()
    assert organisation.website == "https://colleague.example"


def test_draft_brought_back_is_not_saved_by_itself_over_a_newer_one(page, live_server, log_in):
    member = create_member()
    organisation = member.memberships.get().organisation
    draft = write_demand(by=member, organisation=organisation, data={"problem": PROBLEM})
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(member)
    open_page(page, f"{live_server.url}/demands/{draft.pk}/edit/")
    page.route("**/autosave/**", lambda route: route.abort())
    page.fill("#id_problem", "앞선 창에서 쓰던 옛 글입니다.")
    page.wait_for_timeout(600)
    colleague = create_member(organisation=organisation)
    data = {"problem": "동료가 고친 글입니다."}
    edit_demand(demand=draft, by=colleague, organisation=organisation, data=data, expected_revision=draft.revision)
    page.unroute("**/autosave/**")
    bring_back(page)
    expect(page.locator("#id_problem")).to_have_value("앞선 창에서 쓰던 옛 글입니다.")
    page.wait_for_timeout(3000)
    page.type("#id_problem", "!")
    expect(page.locator(".autosave")).to_have_attribute("data-state", "conflict")
    draft.refresh_from_db()
    assert draft.problem == "동료가 고친 글입니다."


def test_file_kept_after_an_error_stays_through_a_change_of_language_and_a_closed_window(
    page, context, live_server, log_in
):
    match_request = MatchRequestFactory()
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(match_request.requested_by)
    address = f"{live_server.url}/requests/{match_request.pk}/"
    open_page(page, address)
    page.set_input_files("#id_files", PDF)
    save(page, "#id_files")
    expect(page.locator("[data-kept-file]")).to_contain_text("성적서.pdf")
    page.wait_for_timeout(300)
    change_language(page)
    expect(page.locator("[data-kept-file]")).to_contain_text("성적서.pdf")
    page.wait_for_timeout(300)
    page.close()
    page = context.new_page()
    open_page(page, address)
    expect(page.locator(OFFER).first).to_contain_text("성적서.pdf")
    page.locator("[data-kept-accept]").first.click()
    expect(page.locator("[data-kept-file]")).to_contain_text("성적서.pdf")
    page.fill("#id_body", PROBLEM)
    save(page, "#id_body")
    expect(page.locator(".timeline")).to_contain_text(PROBLEM)
    assert list(RequestAttachment.objects.values_list("name", flat=True)) == ["성적서.pdf"]
