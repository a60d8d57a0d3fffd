"""What this app has in the menus."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import rules
from kr_ru_platform.web.registered.menus import Menu, MenuEntry, register_entries, staff


def not_staff(user: Any) -> bool:
    return not staff(user)


def register() -> None:
    register_entries(Menu.MAIN, MenuEntry(50, _("Organisations"), "organisation_list", staff))
    register_entries(
        Menu.ACCOUNT,
        MenuEntry(20, _("My details"), "my_details"),
        MenuEntry(30, _("My organisation"), "my_organisation", not_staff),
        MenuEntry(50, _("People and roles"), "people_list", rules.can_see_people),
        MenuEntry(70, _("E-mail address"), "account_email"),
        MenuEntry(80, _("Password"), "account_change_password"),
        MenuEntry(90, _("Two-step login"), "mfa_index"),
    )
