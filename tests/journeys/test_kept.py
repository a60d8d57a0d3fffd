"""Nothing that was typed is lost, and nothing is made twice: with the real pages in a real browser."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import MembershipRole
from accounts.signing_in import session_clock
from kr_ru_platform.models import SentForm
from matching.models import Demand, RequestAttachment, RequestEvent
from tests.factories.demand import DemandFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "시험 성적서를 보내 드립니다. 방열 성능을 확인해 주세요."
PASSWORD = "correct horse battery"
OFFER = "[data-kept-offer]"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def match_request():
    return MatchRequestFactory()


@pytest.fixture
def writer(match_request):
    user = match_request.requested_by
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def thread(page, live_server, log_in, writer, match_request):
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(writer)
    page.goto(f"{live_server.url}/requests/{match_request.pk}/")
    return page


def settled(page):
    """The page has asked the server what has arrived."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)


def write(page, text=TEXT, field="#id_body"):
    page.fill(field, text)
    page.wait_for_timeout(500)


def send(page):
    page.click("main form:has(textarea) .form-actions button[type=submit] >> nth=0")


def end_session():
    Session.objects.all().delete()


def log_in_by_hand(page, user):
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("main form:has(#id_password) button[type=submit]")


def messages():
    return list(RequestEvent.objects.exclude(body="").values_list("body", flat=True))


def test_text_is_offered_after_a_reload_and_brought_back(thread):
    write(thread)
    thread.reload()
    expect(thread.locator(OFFER)).to_contain_text("작성하던 내용이 있습니다")
    thread.click("[data-kept-accept]")
    expect(thread.locator("#id_body")).to_have_value(TEXT)
    expect(thread.locator(OFFER)).to_have_count(0)


def test_text_is_offered_after_a_crash(thread, context):
    write(thread)
    url = thread.url
    # The tab is gone without a word.
    thread.close(run_before_unload=False)
    page = context.new_page()
    page.goto(url)
    page.click("[data-kept-accept]")
    expect(page.locator("#id_body")).to_have_value(TEXT)


def test_text_that_arrived_is_not_offered_again(thread):
    write(thread)
    send(thread)
    expect(thread.locator(".timeline")).to_contain_text(TEXT)
    settled(thread)
    assert (thread.locator(OFFER).count(), messages()) == (0, [TEXT])


def test_text_whose_answer_was_an_error_is_kept(thread):
    write(thread)
    url = thread.url
    broken = lambda route: (  # noqa: E731
        route.fulfill(status=500, body="broken") if route.request.method == "POST" else route.continue_()
    )
    thread.route("**/requests/*/", broken)
    send(thread)
    expect(thread.locator("body")).to_have_text("broken")
    thread.unroute("**/requests/*/", broken)
    thread.goto(url)
    thread.click("[data-kept-accept]")
    expect(thread.locator("#id_body")).to_have_value(TEXT)


def test_text_is_forgotten_when_only_the_answer_was_lost(thread):
    write(thread)
    url = thread.url
    lost = lambda route: (  # noqa: E731
        (route.fetch(max_redirects=0), route.abort()) if route.request.method == "POST" else route.continue_()
    )
    thread.route("**/requests/*/", lost)
    send(thread)
    thread.wait_for_timeout(1500)
    thread.unroute("**/requests/*/", lost)
    thread.goto(url)
    settled(thread)
    assert (messages(), thread.locator(OFFER).count()) == ([TEXT], 0)


def test_change_of_language_keeps_the_text_in_the_form(thread):
    write(thread)
    thread.click(".language-switch button[value=ru]")
    expect(thread.locator("html")).to_have_attribute("lang", "ru")
    expect(thread.locator("#id_body")).to_have_value(TEXT)


def test_message_written_when_the_session_ends_is_sent_after_a_log_in_beside_it(thread, context, writer):
    write(thread)
    end_session()
    send(thread)
    dialog = thread.locator("#session-over")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("로그인이 만료되었습니다")
    with context.expect_page() as opened:
        dialog.locator("[data-session-log-in]").click()
    log_in_by_hand(opened.value, writer)
    expect(opened.value.locator("h1")).to_have_text("다시 로그인하였습니다")
    opened.value.close()
    thread.bring_to_front()
    thread.click("[data-session-check]")
    expect(dialog).to_be_hidden()
    expect(thread.locator("#id_body")).to_have_value(TEXT)
    send(thread)
    expect(thread.locator(".timeline")).to_contain_text(TEXT)
    assert messages() == [TEXT]


def test_another_account_in_the_other_tab_cannot_send_the_text(thread, log_in):
    write(thread)
    log_in(create_staff())
    send(thread)
    expect(thread.locator("[data-session-other]")).to_be_visible()
    assert messages() == []


def test_without_scripts_the_text_stands_in_the_form_after_the_log_in(
    browser, live_server, writer, match_request, client
):
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    client.force_login(writer)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/requests/{match_request.pk}/")
    page.fill("#id_body", TEXT)
    page.set_input_files("#id_files", {"name": "성적서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    end_session()
    send(page)
    expect(page.locator("#messages")).to_contain_text("보관되어 있습니다")
    log_in_by_hand(page, writer)
    expect(page.locator("#id_body")).to_have_value(TEXT)
    expect(page.locator(".current-file")).to_contain_text("성적서.pdf")
    send(page)
    expect(page.locator(".timeline")).to_contain_text(TEXT)
    assert (messages(), RequestAttachment.objects.get().name) == ([TEXT], "성적서.pdf")
    context.close()


def test_demand_written_when_the_session_ends_is_kept(page, live_server, log_in, writer):
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(writer)
    page.goto(live_server.url + "/demands/new/")
    end_session()
    page.fill("#id_problem", TEXT)
    expect(page.locator("#session-over")).to_be_visible(timeout=8000)
    page.goto(live_server.url + "/demands/new/")
    log_in_by_hand(page, writer)
    page.click("[data-kept-accept]")
    expect(page.locator("#id_problem")).to_have_value(TEXT)
    expect(page.locator(".autosave")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.locator("#id_problem")).to_have_value(TEXT)
    assert Demand.objects.get().problem == TEXT


def test_log_out_clears_what_was_kept_and_another_person_is_offered_nothing(thread, live_server, log_in, writer):
    url = thread.url
    write(thread)
    colleague = MembershipFactory(organisation=writer.memberships.get().organisation, role=MembershipRole.MEMBER).user
    log_in(colleague)
    thread.goto(url)
    settled(thread)
    assert thread.locator(OFFER).count() == 0
    log_in(writer)
    thread.goto(url)
    expect(thread.locator(OFFER)).to_be_visible()
    thread.click(".user-links summary")
    thread.click(".user-links form[action*=logout] button")
    expect(thread.locator(".user-links form")).to_have_count(0)
    settled(thread)
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('kept:')).length"
    assert thread.evaluate(kept) == 0
    log_in(writer)
    thread.goto(url)
    settled(thread)
    assert thread.locator(OFFER).count() == 0


def test_own_change_in_another_tab_is_not_somebody_elses(page, context, live_server, log_in, writer):
    demand = DemandFactory(organisation=writer.memberships.get().organisation, written_by=writer)
    log_in(writer)
    page.on("dialog", lambda dialog: dialog.accept())
    other = context.new_page()
    for tab in (page, other):
        tab.goto(f"{live_server.url}/demands/{demand.pk}/edit/")
    for number, tab in enumerate((other, page)):
        tab.fill("#id_problem", f"{number}번 창의 내용")
        tab.click("button[name=action]")
        tab.wait_for_load_state("networkidle")
    expect(page.locator("#conflict")).to_contain_text("다른 창에서 직접 저장하였습니다")
    expect(page.locator("#conflict")).to_contain_text("0번 창의 내용")
    expect(page.locator("#id_problem")).to_have_value("1번 창의 내용")


def test_back_and_press_again_asks_before_a_second_demand(page, live_server, log_in, writer):
    """Also when the browser asks the server anew for the page that is gone back to."""
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(writer)
    page.goto(live_server.url + "/demands/new/")
    page.fill("#id_problem", TEXT)
    page.click("button[name=action][value=open]")
    page.wait_for_url(re.compile(r"/demands/\d+/$"))
    SentForm.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    page.go_back()
    settled(page)
    page.fill("#id_problem", TEXT + " 급하다.")
    page.click("button[name=action][value=open]")
    expect(page.locator("h1")).to_have_text("이미 보낸 내용입니다")
    assert Demand.objects.count() == 1
    page.click("button:has-text('하나 더 등록')")
    page.wait_for_url(re.compile(r"/demands/\d+/$"))
    assert [demand.problem for demand in Demand.objects.order_by("id")] == [TEXT, TEXT + " 급하다."]


def test_draft_that_saved_itself_is_gone_back_to_and_not_begun_again(page, live_server, log_in, writer):
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(writer)
    page.goto(live_server.url + "/demands/new/")
    page.fill("#id_problem", TEXT)
    expect(page.locator(".autosave")).to_have_attribute("data-state", "saved", timeout=8000)
    page.click("button[name=action][value=open]")
    page.wait_for_url(re.compile(r"/demands/\d+/$"))
    page.go_back()
    settled(page)
    page.fill("#id_problem", TEXT + " 급하다.")
    page.click("button[name=action] >> nth=0")
    page.wait_for_url(re.compile(r"/demands/\d+/$"))
    assert [demand.problem for demand in Demand.objects.all()] == [TEXT + " 급하다."]


def test_files_chosen_before_an_error_are_sent_with_the_next_try(thread):
    thread.set_input_files("#id_files", {"name": "성적서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    send(thread)
    expect(thread.locator(".current-file")).to_contain_text("성적서.pdf")
    write(thread)
    send(thread)
    expect(thread.locator(".timeline")).to_contain_text("성적서.pdf")
    assert RequestAttachment.objects.count() == 1


def test_warning_before_the_session_ends_and_going_on(thread, settings, writer):
    settings.MEMBER_IDLE_MINUTES = 4
    thread.reload()
    warning = thread.locator("#session-ending")
    expect(warning).to_be_visible()
    settings.MEMBER_IDLE_MINUTES = 60
    session = Session.objects.get()
    before = session.get_decoded()[session_clock.USED_AT]
    thread.wait_for_timeout(1100)
    thread.click("[data-session-keep]")
    expect(warning).to_be_hidden()
    assert Session.objects.get().get_decoded()[session_clock.USED_AT] >= before


def test_request_page_keeps_its_message(page, live_server, log_in, writer):
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(writer)
    page.goto(f"{live_server.url}/technologies/{TechnologyFactory().pk}/request/")
    write(page, field="#id_message")
    page.reload()
    page.click("[data-kept-accept]")
    expect(page.locator("#id_message")).to_have_value(TEXT)


def test_paragraph_in_a_single_line_is_offered_after_a_reload(page, live_server, log_in):
    """A note of three hundred letters is text, though its field has one line."""
    organisation = OrganisationFactory(is_new=True)
    log_in(create_staff())
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live_server.url}/curation/organisations/{organisation.pk}/confirm/")
    write(page, field="#id_note")
    page.reload()
    page.click("[data-kept-accept]")
    expect(page.locator("#id_note")).to_have_value(TEXT)
