"""The menus of every page. Each app says in its AppConfig what it has for whom; the frame only draws."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

VISITOR = AnonymousUser()


class Menu(StrEnum):
    MAIN = "main"
    # What everybody can see, whoever reads.
    FOOTER = "footer"
    # Under the reader's own name.
    ACCOUNT = "account"


def everybody(user: Any) -> bool:
    return True


def visitors(user: Any) -> bool:
    return not user.is_authenticated


def members(user: Any) -> bool:
    return user.is_authenticated and not user.is_centre_staff


def staff(user: Any) -> bool:
    return user.is_authenticated and user.is_centre_staff


@dataclass(frozen=True)
class MenuEntry:
    """A link to the page of this name, for those for whom `is_for` says so; smaller places stand first."""

    place: int
    label: Any
    page: str
    is_for: Callable[[Any], bool] = everybody


class MenuItem(NamedTuple):
    label: Any
    url: str
    active: bool
    here: bool


_entries: dict[Menu, list[MenuEntry]] = {menu: [] for menu in Menu}


def register_entries(menu: Menu, *entries: MenuEntry) -> None:
    _entries[menu] = sorted({*_entries[menu], *entries}, key=lambda entry: entry.place)


def entries_for(menu: Menu, user: Any) -> list[MenuEntry]:
    return [entry for entry in _entries[menu] if entry.is_for(user)]


def menu_of(menu: Menu, request: HttpRequest) -> list[MenuItem]:
    return build_menu(request, entries_for(menu, getattr(request, "user", VISITOR)))


def build_menu(request: HttpRequest, entries: list[MenuEntry]) -> list[MenuItem]:
    """The longest address that the current page begins with is the active one."""
    urls = [(entry.label, reverse(entry.page)) for entry in entries]
    matching = [url for _label, url in urls if request.path.startswith(url)]
    active = max(matching, key=len, default=None)
    return [MenuItem(label, url, url == active, url == request.path) for label, url in urls]
