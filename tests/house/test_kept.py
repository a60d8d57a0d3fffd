"""Every form takes part in what keeps typed text and makes nothing twice; see kr_ru_platform/web/kept/keeping.py."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import get_resolver, reverse

from kr_ru_platform.web.kept.form_tokens import read_token
from tests.house.access_table import table
from tests.house.bodies import body_of
from tests.house.test_access import addresses, key_of
from tests.house.test_templates import PAGES, name
from tests.house.world import ROLES, build_world

POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
# The question whether to make another one carries what was typed by itself.
NOT_KEPT = {"templates/kept/again.html"}
# It looks at the size of what comes before it reads it, and checks against forgery afterwards.
READ_THEIR_BODY_THEMSELVES = {"technology_import"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_form_that_is_posted_says_which_form_it_is(path: Path) -> None:
    forms = POST_FORM.findall(path.read_text())
    assert [form[:80] for form in forms if "{% csrf_token %}" not in form] == []


def test_only_the_listed_forms_are_not_kept() -> None:
    assert {name(path) for path in PAGES if 'data-kept="off"' in path.read_text()} == NOT_KEPT


def test_only_the_listed_views_stand_outside() -> None:
    outside = {
        str(pattern.name) for pattern in addresses(get_resolver()) if getattr(pattern.callback, "csrf_exempt", False)
    }
    assert outside == READ_THEIR_BODY_THEMSELVES


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["sme", "staff", "admin"])
def test_long_forms_of_every_page_are_made_for_the_one_who_reads_them(client, settings, tmp_path, role) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = build_world()
    person = world.people[role]
    client.force_login(person)
    found: dict[str, Any] = {}
    for method, address, arguments, answers in table():
        if method != "GET" or answers[ROLES.index(role)] != "200":
            continue
        kwargs = {key: key_of(world, value) for key, value in arguments.items()}
        response = client.get(reverse(address, kwargs=kwargs))
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            found[f"{address} {arguments}"] = accounts_of(response.content.decode())
    long_forms = {page: accounts for page, accounts in found.items() if accounts}
    assert len(long_forms) >= 5
    assert {page for page, accounts in long_forms.items() if set(accounts) != {person.pk}} == set()


def accounts_of(page: str) -> list[int]:
    """For whom each form with a text box was made."""
    forms = [
        form for form in BeautifulSoup(page, "html.parser").find_all("form", method="post") if form.find("textarea")
    ]
    fields = [form.find("input", attrs={"name": "form_token"}) for form in forms]
    tokens = [read_token(field["value"]) if field else None for field in fields]
    return [token.account if token else 0 for token in tokens]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["newcomer", "sme", "staff", "admin"])
def test_view_that_leads_on_says_what_it_did(client, settings, tmp_path, role) -> None:
    """Where it says nothing the form counts as one that was not taken, and its text is offered again."""
    settings.MEDIA_ROOT = tmp_path
    world, silent = build_world(), set()
    for method, address, arguments, _answers in table():
        if method != "POST":
            continue
        url = reverse(address, kwargs={key: key_of(world, value) for key, value in arguments.items()})
        for body in ({}, body_of(world, address, arguments)):
            client.force_login(world.people[role])
            with transaction.atomic():
                response = client.post(url, body or {})
                transaction.set_rollback(True)
            if response.status_code in (302, 303) and not says_what_it_did(response):
                silent.add(address)
    assert silent == set()


def says_what_it_did(response: Any) -> bool:
    request = response.wsgi_request
    is_marked = getattr(request, "is_done_by_view", False) or getattr(request, "form_has_arrived", False)
    return is_marked or bool(request._messages._queued_messages) or response.url.startswith("/accounts/")
