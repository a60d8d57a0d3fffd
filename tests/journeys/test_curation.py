import pytest
from playwright.sync_api import expect

from matching.models import TechnologyImport
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_curators_edit_at_once_and_nothing_typed_is_lost(page, context, live_server, log_in):
    technology = TechnologyFactory(trl=9)
    log_in(create_staff())
    address = f"{live_server.url}/curation/technologies/{technology.pk}/edit/"
    first, second = page, context.new_page()
    for each in (first, second):
        each.goto(address)
    first.locator("#id_trl").select_option("3")
    first.locator("main form.form button[type=submit]").click()
    expect(first.locator("#id_trl")).to_have_value("3")

    second.locator("#id_trl").select_option("8")
    second.locator("#id_ipc_codes").fill("C22C 1/04")
    second.locator("main form.form button[type=submit]").click()

    expect(second.locator(".notice--warning")).to_be_visible()
    expect(second.locator("#id_trl")).to_have_value("8")
    expect(second.locator("#id_ipc_codes")).to_have_value("C22C 1/04")
    second.locator("main form.form button[type=submit]").click()
    expect(second.locator(".notice--warning")).to_have_count(0)
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
