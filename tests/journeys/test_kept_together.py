"""Nothing typed is lost where several texts, a full or forbidden store, an old browser, or a crash come together."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from matching.models import RequestAttachment, RequestEvent
from tests.factories.match_request import MatchRequestFactory
from tests.factories.user import create_staff
from tests.journeys.conftest import chromium

pytestmark = pytest.mark.django_db(transaction=True)
ONE, OTHER = "첫째 글: 내열 도료의 견본을 받고 싶습니다. 🧪", "둘째 글: 일정을 한 주 미루어 주십시오. مرحبا"
OFFER, BODY = "[data-kept-offer]", "#id_body"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def match_request():
    return MatchRequestFactory()


@pytest.fixture
def address(live_server, match_request):
    return f"{live_server.url}/requests/{match_request.pk}/"


@pytest.fixture
def start(page, log_in, match_request, address):
    """start(script): the page of the request, in a browser where the script has run first."""

    def opened(script=""):
        page.on("dialog", lambda dialog: dialog.accept())
        if script:
            page.add_init_script(script)
        log_in(match_request.requested_by)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    return opened


def write(page, text):
    page.fill(BODY, text)
    page.wait_for_timeout(600)


def send(page):
    page.click("main form:has(#id_body) .form-actions button[type=submit] >> nth=0")


def bodies():
    return list(RequestEvent.objects.exclude(body="").order_by("id").values_list("body", flat=True))


def test_text_that_was_left_alone_stays_beside_a_new_one(start):
    page = start()
    write(page, ONE)
    page.reload()
    expect(page.locator(OFFER)).to_have_count(1)
    write(page, OTHER)
    page.reload()
    expect(page.locator(OFFER)).to_have_count(2)
    page.locator(OFFER, has_text=OTHER).locator("[data-kept-accept]").click()
    send(page)
    expect(page.locator(".timeline")).to_contain_text(OTHER)
    expect(page.locator(OFFER)).to_have_count(1)
    page.click("[data-kept-accept]")
    expect(page.locator(BODY)).to_have_value(ONE)


def test_bringing_one_back_offers_what_it_replaced(start):
    page = start()
    write(page, ONE)
    page.reload()
    expect(page.locator(OFFER)).to_have_count(1)
    write(page, OTHER)
    page.click("[data-kept-accept]")
    expect(page.locator(BODY)).to_have_value(ONE)
    page.click("[data-kept-accept]")
    expect(page.locator(BODY)).to_have_value(OTHER)


def test_two_windows_keep_a_text_each(start, context, address):
    page = start()
    other = context.new_page()
    other.goto(address)
    write(page, ONE)
    write(other, OTHER)
    page.reload()
    expect(page.locator(OFFER)).to_have_count(2)


@pytest.mark.parametrize(
    "script",
    [
        "try { for (let i = 0; ; i += 1) localStorage.setItem('x' + i, 'x'.repeat(10000)); } catch (error) {}"
        "try { for (let i = 0; ; i += 1) localStorage.setItem('y' + i, 'y'.repeat(10)); } catch (error) {}",
        "['localStorage', 'sessionStorage'].forEach((name) =>"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } }));",
    ],
    ids=["full", "forbidden"],
)
def test_text_is_kept_where_the_store_is(start, script):
    page = start(script)
    write(page, ONE * 40)
    page.reload()
    page.click("[data-kept-accept]")
    expect(page.locator(BODY)).to_have_value(ONE * 40)


def test_browser_that_keeps_nothing_says_so(start):
    page = start(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
        "Object.defineProperty(window, 'indexedDB', { value: undefined });"
    )
    write(page, ONE)
    expect(page.locator("[data-kept-nowhere]")).to_contain_text("보관할 수 없습니다")


def test_old_browser_is_told_of_the_end_of_the_session_and_sends_with_its_button(start, log_in, match_request):
    page = start(
        "delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;"
        "delete HTMLFormElement.prototype.requestSubmit; delete window.structuredClone;"
        "delete Crypto.prototype.randomUUID;"
        "delete SubmitEvent.prototype.submitter;"
    )
    write(page, ONE)
    Session.objects.all().delete()
    send(page)
    expect(page.locator("#session-over")).to_be_visible()
    log_in(match_request.requested_by)
    page.click("[data-session-check]")
    expect(page.locator("#session-over")).to_be_hidden()
    send(page)
    expect(page.locator(".timeline")).to_contain_text(ONE)
    assert bodies() == [ONE]


def test_file_chosen_before_a_change_of_language_is_still_there(start):
    page = start()
    page.set_input_files("#id_files", {"name": "도면.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    write(page, ONE)
    page.click(".language-switch button[value=ru]")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator(BODY)).to_have_value(ONE)
    expect(page.locator(".current-file")).to_contain_text("도면.pdf")
    send(page)
    expect(page.locator(".timeline")).to_contain_text(ONE)
    assert RequestAttachment.objects.get().name == "도면.pdf"


def test_going_back_shows_nothing_of_who_was_there_before(start, log_in, live_server, address):
    page = start()
    page.fill(BODY, ONE)
    page.goto(live_server.url + "/guide/")
    log_in(create_staff())
    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(page.locator(BODY)).to_have_value("")
    expect(page.locator(OFFER)).to_have_count(0)


def test_text_is_there_after_the_browser_was_killed(playwright, tmp_path, log_in, context, match_request, address):
    log_in(match_request.requested_by)
    cookies = context.cookies()
    options = {"executable_path": chromium(playwright.chromium.executable_path), "locale": "ko-KR"}
    profile = tmp_path / "profile"
    killed = playwright.chromium.launch_persistent_context(profile, args=["--no-sandbox"], **options)
    killed.add_cookies(cookies)
    page = killed.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    write(page, ONE)
    page.wait_for_timeout(1000)
    session = killed.new_cdp_session(page)
    try:
        session.send("Browser.crash")
    except Exception as error:  # noqa: BLE001 - the browser is gone: that is what was asked for
        assert "closed" in str(error).lower() or "crash" in str(error).lower()
    (profile / "SingletonLock").unlink(missing_ok=True)
    again = playwright.chromium.launch_persistent_context(profile, args=["--no-sandbox"], **options)
    again.add_cookies(cookies)
    page = again.new_page()
    page.goto(address)
    page.click("[data-kept-accept]")
    expect(page.locator(BODY)).to_have_value(ONE)
    again.close()
