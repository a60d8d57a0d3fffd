"""The switch of the language in the middle of a form, in a browser that runs no scripts."""

import pytest
from playwright.sync_api import expect

from matching.models import Introduction, MatchRequest, RequestEvent
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "방열 코팅 견본을 받고 싶습니다.\n두 번째 줄."


@pytest.fixture
def page_for(browser, live_server, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    contexts = []

    def opened(user, path):
        client.force_login(user)
        context = browser.new_context(java_script_enabled=False, locale="ko-KR")
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def introduction():
    return IntroductionFactory(note="처음 적은 메모")


def edit_path(introduction):
    return f"/curation/introductions/{introduction.pk}/edit/"


def test_text_stands_in_the_form_of_the_other_language_and_is_sent_from_there(page_for):
    user = MatchRequestFactory().requested_by
    page = page_for(user, f"/technologies/{TechnologyFactory().pk}/request/")
    page.fill("#id_message", TEXT)
    for code in ("ru", "en", "ko"):
        page.click(f".site-header button[value={code}]")
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator("#id_message")).to_have_value(TEXT)
    page.click("main form:has(#id_message) .form-actions button[type=submit] >> nth=0")
    expect(page.locator("[data-kept-discard], form[action*=discard]")).to_have_count(0)
    assert MatchRequest.objects.latest("id").message.replace("\r\n", "\n") == TEXT


def test_enter_in_a_field_sends_the_form(page_for, introduction):
    page = page_for(create_staff(), edit_path(introduction))
    page.fill("#id_note", TEXT)
    page.press("#id_holder_contact", "Enter")
    expect(page.locator("#messages")).to_contain_text("수정")
    saved = Introduction.objects.get().note.replace("\r\n", "\n")
    assert (saved, page.locator("html").get_attribute("lang")) == (TEXT, "ko")


def test_form_that_nobody_touched_is_not_offered_as_typed(page_for, introduction):
    page = page_for(create_staff(), edit_path(introduction))
    page.click(".site-header button[value=ru]")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert (page.locator("form[action*=discard]").count(), page.locator("input[name=kept_post]").count()) == (0, 0)


def test_few_letters_and_the_file_go_along(page_for):
    page = page_for(create_staff(), "/curation/imports/")
    page.set_input_files("#id_file", {"name": "목록.csv", "mimeType": "text/csv", "buffer": b"title\nx\n"})
    page.click(".site-header button[value=ru]")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator(".current-file")).to_contain_text("목록.csv")


def test_page_with_several_forms_opens_beside_the_one_that_is_typed_in(page_for):
    match_request = MatchRequestFactory()
    path = f"/requests/{match_request.pk}/"
    page = page_for(create_staff(), path)
    field = page.locator("main form textarea:visible").first
    field.fill(TEXT)
    with page.context.expect_page() as opened:
        page.click(".site-header button[value=ru]")
    expect(opened.value.locator("html")).to_have_attribute("lang", "ru")
    expect(field).to_have_value(TEXT)
    page.locator("main form:has(textarea:visible) .form-actions button[type=submit]").first.click()
    page.wait_for_load_state()
    assert [body.replace("\r\n", "\n") for body in RequestEvent.objects.values_list("body", flat=True) if body] == [
        TEXT
    ]
