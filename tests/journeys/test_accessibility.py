"""No page may have a fault that axe can find, nor scroll sideways on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC_PAGES = [
    "/",
    "/guide/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nowhere/",
]
ACCOUNT_PAGES = ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]
SCREENS = {"pc": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@pytest.fixture(params=SCREENS)
def screen(request, page):
    page.set_viewport_size(SCREENS[request.param])
    return page


def check(screen, url):
    screen.goto(url)
    assert faults(screen) == []
    assert screen.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_public_page_has_no_fault(screen, live_server, path):
    TechnologyFactory()
    check(screen, live_server.url + path)


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_account_page_has_no_fault(screen, live_server, log_in, path):
    log_in(UserFactory())
    check(screen, live_server.url + path)


def test_error_summary_is_focused_and_leads_to_the_field(page, live_server):
    page.goto(live_server.url + "/accounts/login/")
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_selector(".error-summary")
    assert faults(page) == []
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_phone_menu_opens_and_escape_closes_it(page, live_server):
    page.set_viewport_size(SCREENS["phone"])
    page.goto(live_server.url + "/")
    page.locator(".phone-menu > summary").click()
    assert page.locator(".phone-menu a[href='/guide/']").is_visible()
    assert faults(page) == []
    page.locator(".phone-menu a").first.focus()
    page.keyboard.press("Escape")
    assert not page.locator(".phone-menu a[href='/guide/']").is_visible()


def test_browser_reports_no_breach_of_the_security_policy(page, live_server):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(live_server.url + "/")
    page.wait_for_load_state("networkidle")
    assert messages == []
