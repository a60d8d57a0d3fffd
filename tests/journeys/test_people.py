"""Sign up, confirm the address, register the company; the centre is warned of a second record."""

import pytest
from django.core import mail

from accounts.models import Membership
from tests.factories.codes import code_in
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import PASSWORD, create_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_newcomer_signs_up_and_registers_the_company(page, live_server, settings):
    settings.PUBLIC_BASE_URL = live_server.url
    page.goto(f"{live_server.url}/accounts/signup/")
    for name, value in {
        "email": "hong@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "full_name": "홍길동",
    }.items():
        page.fill(f"input[name={name}]", value)
    page.check("input[name=has_consented]")
    page.click("main form button.button[type=submit]")
    page.wait_for_url("**/accounts/confirm-email/")
    page.fill("input[name=code]", code_in(mail.outbox[0]))
    page.keyboard.press("Enter")
    page.wait_for_url("**/workspace/")
    page.click("#next-step a.button")
    page.fill("input[name=registration_number]", "124 81 00998")
    page.fill("input[name=name_ko]", "㈜홍길동정밀")
    page.click("main form button.button[type=submit]")
    page.wait_for_url("**/workspace/")
    assert page.locator("#next-step [aria-current=step]").inner_text().strip().endswith("기업 프로필")
    rows = Membership.objects.values_list("user__email", "organisation__registration_number", "role", "state")
    assert list(rows) == [("hong@example.org", "124-81-00998", "owner", "active")]


def test_centre_is_warned_of_a_near_duplicate_while_typing(page, live_server, log_in):
    known = OrganisationFactory(name_ko="(주)한결정밀소재")
    log_in(create_staff())
    page.goto(f"{live_server.url}/curation/organisations/new/")
    assert page.locator("#similar a").count() == 0
    page.locator("input[name=name_ko]").press_sequentially("한결정밀소재")
    page.wait_for_selector(f"#similar a[href='/curation/organisations/{known.pk}/']")
    assert page.input_value("input[name=name_ko]") == "한결정밀소재"
