import pytest

from tests.factories.user import UserFactory
from tests.journeys import autosave_urls

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.autosave_urls")]


def test_double_click_sends_a_form_once(page, live_server, log_in):
    log_in(UserFactory())
    autosave_urls.sent.clear()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + "/draft/")
    page.fill("#id_problem", "한 번만")
    page.dblclick("main button[type=submit]", no_wait_after=True)
    page.wait_for_url("**/guide/")
    page.wait_for_load_state("networkidle")
    assert autosave_urls.sent == ["한 번만"]
