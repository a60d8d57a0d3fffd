"""Every address as every role. A new address is not finished before it has its line here."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from tests.house.access_table import LISTED_ELSEWHERE, table
from tests.house.bodies import SEEN
from tests.house.world import ROLES, build_world

pytestmark = pytest.mark.django_db


def addresses(resolver: Any) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.namespace != "admin":
            yield from addresses(pattern)


def test_every_address_is_in_the_table_or_on_the_list_of_exceptions() -> None:
    names = {str(pattern.name) for pattern in addresses(get_resolver())}
    known = {name for _method, name, _arguments, _answers in table()} | LISTED_ELSEWHERE
    assert (names - known, known - names) == (set(), set())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(client, settings, tmp_path, role) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = build_world()
    if world.people[role] is not None:
        client.force_login(world.people[role])
    found, expected = {}, {}
    for method, name, arguments, answers in table():
        line = f"{method} {name} {arguments}"
        expected[line] = answers[ROLES.index(role)]
        found[line] = answer(client, world, method, name, arguments)
    assert found == expected


def answer(client: Any, world: Any, method: str, name: str, arguments: dict[str, str]) -> str:
    """The status, or "login" where the visitor is sent to log in. Nothing that a POST does stays."""
    kwargs = {key: key_of(world, value) for key, value in arguments.items()}
    with transaction.atomic():
        # Something is posted, so that a form counts as filled in, if badly.
        response = getattr(client, method.lower())(reverse(name, kwargs=kwargs), {"anything": "1", **SEEN})
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return "login"
    return str(response.status_code)


def key_of(world: Any, value: str) -> Any:
    """The key of a row of the world, or the text itself."""
    row = getattr(world, value, None)
    return value if row is None else row.pk
