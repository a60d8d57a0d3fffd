"""A page made while a text was still on its way shows what came of the text, not what stood there before."""

import pytest
from playwright.sync_api import expect

from matching.models import Introduction, RequestEvent
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "시험 성적서를 보내 드립니다. 방열 성능을 확인해 주세요."


@pytest.fixture
def opened_older(page, context, log_in):
    """opened_older(url, field, button): written and sent; the answer is lost, and the page comes as it was before."""
    page.on("dialog", lambda dialog: dialog.accept())

    def opened(url, field):
        before = context.request.get(url).text()
        page.goto(url)
        page.wait_for_load_state("networkidle")
        page.fill(field, TEXT)
        lost = lambda route: (  # noqa: E731
            (route.fetch(max_redirects=0), route.abort()) if route.request.method == "POST" else route.continue_()
        )
        page.route(url, lost)
        page.click(f"main form:has({field}) .form-actions button[type=submit] >> nth=0")
        page.wait_for_timeout(1500)
        page.unroute(url, lost)
        page.route(url, lambda route: route.fulfill(body=before, content_type="text/html; charset=utf-8"), times=1)
        return page

    return opened


def test_introduction_that_arrived_behind_the_page_stands_in_it(opened_older, live_server, log_in):
    introduction = IntroductionFactory(note="처음 적은 메모")
    log_in(create_staff())
    url = f"{live_server.url}/curation/introductions/{introduction.pk}/edit/"
    page = opened_older(url, "#id_note")
    page.goto(url)
    expect(page.locator("#id_note")).to_have_value(TEXT)
    assert (Introduction.objects.get().note, page.locator("[data-kept-offer]").count()) == (TEXT, 0)


def test_message_that_arrived_behind_the_page_stands_in_the_thread(opened_older, live_server, log_in):
    match_request = MatchRequestFactory()
    log_in(match_request.requested_by)
    url = f"{live_server.url}/requests/{match_request.pk}/"
    page = opened_older(url, "#id_body")
    page.goto(url)
    expect(page.locator(".timeline")).to_contain_text(TEXT)
    assert list(RequestEvent.objects.exclude(body="").values_list("body", flat=True)) == [TEXT]


def test_page_in_which_one_types_again_is_told_instead(opened_older, live_server, log_in):
    introduction = IntroductionFactory(note="처음 적은 메모")
    log_in(create_staff())
    url = f"{live_server.url}/curation/introductions/{introduction.pk}/edit/"
    page = opened_older(url, "#id_note")
    held = []
    page.route("**/my/kept/?*sent=*", lambda route: held.append(route))
    page.goto(url)
    page.type("#id_note", "더 적은 말")
    page.wait_for_timeout(50)
    page.type("#id_note", ".")
    held[0].continue_()
    expect(page.locator("main form")).to_contain_text("먼저 보낸 내용이 도착하였습니다")
    page.click("[data-kept-newer-page]")
    expect(page.locator("#id_note")).to_have_value(TEXT)
    expect(page.locator("[data-kept-offer]")).to_contain_text("더 적은 말.")
