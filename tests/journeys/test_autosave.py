from contextlib import nullcontext

import pytest
from playwright.sync_api import expect

from tests.factories.user import UserFactory
from tests.journeys import autosave_urls

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.autosave_urls")]


@pytest.fixture
def draft(page, live_server, log_in):
    log_in(UserFactory())
    autosave_urls.received.clear()
    autosave_urls.answers.clear()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + "/draft/")
    return page


def status(page):
    return page.locator(".autosave")


def test_text_is_saved_after_a_pause_with_the_newest_revision(draft):
    draft.fill("#id_problem", "소음이 심하다")
    expect(status(draft)).to_have_attribute("data-state", "saved")
    draft.fill("#id_problem", "소음이 아주 심하다")
    expect(draft.locator("[name=revision]")).to_have_value("3")
    assert autosave_urls.received == [
        {"problem": "소음이 심하다", "revision": "1"},
        {"problem": "소음이 아주 심하다", "revision": "2"},
    ]


def test_text_that_could_not_be_saved_is_offered_again(draft):
    autosave_urls.answers.append(500)
    draft.fill("#id_problem", "진동을 줄여야 한다")
    draft.check("[name=mode][value=b]")
    expect(status(draft)).to_have_attribute("data-state", "error")
    draft.reload()
    assert draft.input_value("#id_problem") == ""
    draft.click("[data-kept-accept]")
    assert draft.input_value("#id_problem") == "진동을 줄여야 한다"
    assert draft.is_checked("[name=mode][value=b]")
    expect(status(draft)).to_have_attribute("data-state", "saved")


def test_what_the_page_sends_again_by_itself_is_no_use_of_the_session_and_ends_when_it_is_refused(draft):
    """A draft that a colleague has deleted kept the session of an empty desk open for ever."""
    draft.clock.install()
    draft.reload()
    autosave_urls.by_itself.clear()
    autosave_urls.answers.extend([500, 404])
    draft.fill("#id_problem", "동료가 지운 초안")
    for seconds, sendings in ((3, [False]), (16, [False, True]), (60, [False, True])):
        with draft.expect_response("**/autosave/") if seconds < 60 else nullcontext():
            draft.clock.run_for(seconds * 1000)
        draft.wait_for_timeout(300)
        assert autosave_urls.by_itself == sendings
    draft.fill("#id_problem", "다시 입력한 글")
    with draft.expect_response("**/autosave/"):
        draft.clock.run_for(3000)
    assert autosave_urls.by_itself == [False, True, False]


def test_thrown_away_text_is_not_offered_a_second_time(draft):
    autosave_urls.answers.append(500)
    draft.fill("#id_problem", "버릴 글")
    expect(status(draft)).to_have_attribute("data-state", "error")
    draft.reload()
    draft.click("[data-kept-discard]")
    draft.reload()
    draft.wait_for_load_state("networkidle")
    assert not draft.is_visible("[data-kept-offer]")


def test_somebody_elses_change_stops_saving_and_keeps_the_text(draft):
    autosave_urls.answers.append(409)
    draft.fill("#id_problem", "첫 번째")
    expect(status(draft)).to_have_attribute("data-state", "conflict")
    draft.fill("#id_problem", "두 번째")
    draft.wait_for_timeout(2500)
    assert len(autosave_urls.received) == 1
    draft.reload()
    draft.click("[data-kept-accept]")
    assert draft.input_value("#id_problem") == "두 번째"


def test_text_of_a_form_that_arrived_is_not_offered_again(draft, live_server):
    draft.fill("#id_problem", "보낸 글")
    draft.click("main button[type=submit]")
    draft.wait_for_url("**/guide/")
    draft.goto(live_server.url + "/draft/")
    draft.wait_for_load_state("networkidle")
    assert not draft.is_visible("[data-kept-offer]")


def test_text_kept_on_a_shared_computer_is_offered_to_its_writer_only(page, live_server, log_in):
    autosave_urls.answers.append(500)
    writer, other = UserFactory(), UserFactory()
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(writer)
    page.goto(live_server.url + "/draft/")
    page.fill("#id_problem", "우리 회사의 비밀")
    expect(status(page)).to_have_attribute("data-state", "error")
    offered = []
    for user in (other, writer):
        log_in(user)
        page.goto(live_server.url + "/draft/")
        page.wait_for_load_state("networkidle")
        offered.append(page.is_visible("[data-kept-offer]"))
    assert offered == [False, True]
