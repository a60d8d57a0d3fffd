import pytest
from playwright.sync_api import expect

from matching.domain.technologies.look_alikes import look_alikes
from matching.enums import TechnologyState
from matching.models import Technology, TechnologyImport
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_curators_edit_at_once_and_nothing_typed_is_lost(page, context, live_server, log_in):
    technology = TechnologyFactory(trl=9, state=TechnologyState.DRAFT)
    log_in(create_staff())
    address = f"{live_server.url}/curation/technologies/{technology.pk}/edit/"
    first, second = page, context.new_page()
    for each in (first, second):
        each.goto(address)
    first.locator("#id_trl").select_option("3")
    # The new page, not the values that stand in the old one as well.
    with first.expect_navigation():
        first.locator("main form.form button[type=submit]").click()
    expect(first.locator("#id_trl")).to_have_value("3")

    second.locator("#id_trl").select_option("8")
    second.locator("#id_ipc_codes").fill("C22C 1/04")
    conflict = second.locator(".notice--warning.flow-s")
    with second.expect_navigation():
        second.locator("main form.form button[type=submit]").click()

    expect(conflict).to_be_visible()
    expect(second.locator("#id_trl")).to_have_value("8")
    expect(second.locator("#id_ipc_codes")).to_have_value("C22C 1/04")
    with second.expect_navigation():
        second.locator("main form.form button[type=submit]").click()
    expect(conflict).to_have_count(0)
    technology.refresh_from_db()
    assert (technology.trl, technology.ipc_codes, technology.revision) == (8, ["C22C 1/04"], 3)


def test_a_file_that_is_too_large_is_named_before_it_is_sent(page, live_server, log_in, settings, tmp_path):
    settings.IMPORT_MAX_BYTES = 1000
    file = tmp_path / "large.csv"
    file.write_bytes(b"x" * 2000)
    log_in(create_staff())
    page.goto(f"{live_server.url}/curation/imports/")
    page.set_input_files("#id_file", file)
    alert = page.locator("main form [role=alert]")
    expect(alert).not_to_be_empty()
    page.locator("main form.form button[type=submit]").click()
    expect(alert).not_to_be_empty()
    assert not TechnologyImport.objects.exists()


def test_a_curator_is_told_while_typing_what_is_there_already(page, live_server, log_in):
    there = TechnologyFactory(text__title="Аморфный металлический провод", state="draft")
    log_in(create_staff())
    # The encoder is loaded when the portal starts, not while somebody types.
    look_alikes(title="Закваска", summary="", language="ru")
    page.goto(f"{live_server.url}/curation/technologies/new/")
    page.locator("#id_title").press_sequentially("Аморфный металлический прово", delay=20)
    told = page.locator(f"#look-alike-{there.pk}")
    expect(told.get_by_role("link").first).to_have_attribute("target", "_blank")
    expect(page.locator("#live")).to_contain_text("Аморфный металлический провод")
    expect(page.locator("#id_title")).to_be_focused()
    # By keyboard: from the summary the next stop is the technology that is there.
    page.locator("#id_summary").focus()
    page.keyboard.press("Tab")
    expect(told.get_by_role("link").first).to_be_focused()

    page.locator("#id_title").fill("Закваска для йогурта")
    expect(told).to_have_count(0)
    page.locator("#id_title").fill("Аморфный металлический провод")
    expect(told).to_have_count(1)
    # What the page has shown does not hold up the saving.
    page.locator("main form.form button[type=submit]").last.click()
    page.wait_for_url("**/edit/")
    assert Technology.objects.exclude(pk=there.pk).get().working_title == "Аморфный металлический провод"


def test_without_script_a_copy_is_held_up_once_and_saved_anyway(browser, live_server, client):
    there = TechnologyFactory(text__title="Аморфный металлический провод")
    client.force_login(create_staff())
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/curation/technologies/new/")
    page.locator("#id_title").fill("Аморфный металлический провод")
    page.locator("main form.form button[type=submit]").last.click()
    expect(page.locator(f"#look-alike-{there.pk}")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value("Аморфный металлический провод")
    assert Technology.objects.count() == 1
    page.locator("main button[name=anyway]").click()
    page.wait_for_url("**/edit/")
    assert Technology.objects.count() == 2
    context.close()
