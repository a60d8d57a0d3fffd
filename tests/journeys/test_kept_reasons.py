"""Why a request is withdrawn, and why a technology does not fit: written when the session ends, and not lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from matching.models import Demand, Feedback, RequestEvent
from tests.factories.demand import DemandFactory
from tests.factories.match import make_scored, record_scoring
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "올해 예산이 줄어 내년에 다시 신청하겠습니다."
PASSWORD = "correct horse battery"


@pytest.fixture
def withdrawal():
    """The person, the page, the link to the form on it, the text box, and what has arrived."""
    match_request = MatchRequestFactory()
    arrived = lambda: list(RequestEvent.objects.filter(to_state="withdrawn").values_list("body", flat=True))  # noqa: E731
    return match_request.requested_by, f"/requests/{match_request.pk}/withdraw/", "", "#id_body", arrived


@pytest.fixture
def not_relevant():
    demand = DemandFactory()
    match = make_scored(demand, meaning=0.6, readiness=0.0)
    record_scoring(demand=demand)
    arrived = lambda: list(Feedback.objects.exclude(text="").values_list("text", flat=True))  # noqa: E731
    user = create_member(organisation=demand.organisation)
    return user, f"/matches/{match.pk}/not-relevant/", "", f"#id_{match.pk}_text", arrived


@pytest.fixture
def not_relevant_in_the_list(not_relevant):
    user, path, _link, field, arrived = not_relevant
    pk = path.split("/")[2]
    return user, f"/demands/{Demand.objects.get().pk}/", f"#judge-link-{pk}", field, arrived


PLACES = ["withdrawal", "not_relevant", "not_relevant_in_the_list"]


@pytest.fixture(params=PLACES)
def place(request):
    return request.getfixturevalue(request.param)


def write(page, field):
    page.fill(field, TEXT)
    form = page.locator(f"main form:has({field})")
    if (reason := form.locator("select")).count():
        reason.select_option(index=1)
    page.wait_for_timeout(500)
    return form


def send(page, field):
    page.locator(f"main form:has({field}) button[type=submit]").first.click()


def test_reason_is_sent_after_a_log_in_beside_it(page, live_server, log_in, place):
    user, path, link, field, arrived = place
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(user)
    page.goto(live_server.url + path)
    if link:
        page.click(link)
    page.wait_for_selector(f"form[data-kept=on] {field}")
    write(page, field)
    Session.objects.all().delete()
    send(page, field)
    # Before the page has asked, somebody who is logged in would send the text at once.
    expect(page.locator("#session-over")).to_be_visible()
    expect(page.locator("#session-over")).to_contain_text("로그인이 만료되었습니다")
    log_in(user)
    page.click("[data-session-check]")
    expect(page.locator("#session-over")).to_be_hidden()
    expect(page.locator(field)).to_have_value(TEXT)
    send(page, field)
    expect(page.locator(".notice--success").first).to_be_visible()
    assert arrived() == [TEXT]


@pytest.mark.parametrize("name", PLACES[:2])
def test_reason_stands_in_the_form_after_a_log_in_without_scripts(request, browser, live_server, client, name):
    user, path, _link, field, arrived = request.getfixturevalue(name)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.force_login(user)
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + path)
    write(page, field)
    Session.objects.all().delete()
    send(page, field)
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("main form:has(#id_password) button[type=submit]")
    expect(page.locator(field)).to_have_value(TEXT)
    send(page, field)
    page.wait_for_load_state()
    assert arrived() == [TEXT]
    context.close()
