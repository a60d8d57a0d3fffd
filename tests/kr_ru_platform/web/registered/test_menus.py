"""Menus: who sees what in which order, made of what every app has registered."""

import pytest
from django.contrib.auth.models import AnonymousUser

from kr_ru_platform.web.registered import menus
from kr_ru_platform.web.registered.menus import Menu, MenuEntry, build_menu, entries_for, register_entries
from tests.factories.user import UserFactory, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db

PUBLIC = ["technology_list", "statistics", "network", "guide"]
OWN = ["account_email", "account_change_password", "mfa_index"]


@pytest.mark.parametrize(
    ("make_user", "pages"),
    [
        (AnonymousUser, PUBLIC),
        (
            UserFactory,
            [
                "workspace",
                "technology_list",
                "demand_list",
                "match_request_list",
                "research_task_list",
                "company_profile",
                "guide",
            ],
        ),
        (
            create_staff,
            [
                "match_request_queue",
                "technology_manage_list",
                "technology_import",
                "demand_list",
                "organisation_list",
                "research_task_list",
                "statistics",
            ],
        ),
    ],
)
def test_main_menu_follows_the_role(make_user, pages):
    user = make_user()
    assert [entry.page for entry in entries_for(Menu.MAIN, user)] == pages
    assert [entry.page for entry in entries_for(Menu.FOOTER, user)] == PUBLIC


@pytest.mark.parametrize(
    ("make_user", "pages"),
    [
        (UserFactory, ["workspace", "my_details", "my_organisation", *OWN]),
        (create_staff, ["workspace", "my_details", "scorer_list", *OWN]),
        (create_programme_admin, ["workspace", "my_details", "scorer_list", "people_list", "operations", *OWN]),
    ],
)
def test_account_menu_follows_the_rights(make_user, pages):
    assert [entry.page for entry in entries_for(Menu.ACCOUNT, make_user())] == pages


def test_entries_stand_by_their_place_and_once(monkeypatch):
    monkeypatch.setitem(menus._entries, Menu.FOOTER, [])
    late, early = MenuEntry(2, "Late", "guide"), MenuEntry(1, "Early", "home")
    register_entries(Menu.FOOTER, late)
    register_entries(Menu.FOOTER, early, late)
    assert entries_for(Menu.FOOTER, AnonymousUser()) == [early, late]


def test_longest_address_is_the_active_one(rf):
    entries = [MenuEntry(1, "A", "research_task_list"), MenuEntry(2, "B", "research_task_create")]
    assert [tuple(item) for item in build_menu(rf.get("/research-tasks/new/x/"), entries)] == [
        ("A", "/research-tasks/", False, False),
        ("B", "/research-tasks/new/", True, False),
    ]
