"""What every page's template needs."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.kept.form_tokens import account_key, account_of
from kr_ru_platform.web.kept.kept_posts import SESSION_KEY

PUBLIC_MENU = [
    (_("Technologies"), "technology_list"),
    (_("Results"), "statistics"),
    (_("Network"), "network"),
    (_("How to apply"), "guide"),
]
MEMBER_MENU = [
    (_("My work"), "workspace"),
    (_("Technologies"), "technology_list"),
    (_("Demands"), "demand_list"),
    (_("Match requests"), "match_request_list"),
    (_("Research tasks"), "research_task_list"),
    (_("Company profile"), "company_profile"),
    (_("How to apply"), "guide"),
]
STAFF_MENU = [
    (_("Work queue"), "match_request_queue"),
    (_("Technologies"), "technology_manage_list"),
    (_("Import"), "technology_import"),
    (_("Demands"), "demand_list"),
    (_("Organisations"), "organisation_list"),
    (_("Research tasks"), "research_task_list"),
    (_("Statistics"), "statistics"),
]


class MenuItem(NamedTuple):
    label: Any
    url: str
    active: bool
    here: bool


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "demo_mode": settings.DEMO_MODE,
        "mail_folder": getattr(settings, "EMAIL_FILE_PATH", "") if settings.DEMO_MODE else "",
        "native_languages": settings.LANGUAGES,
        "main_menu": SimpleLazyObject(lambda: build_menu(request, menu_for(request))),
        "footer_menu": SimpleLazyObject(lambda: build_menu(request, PUBLIC_MENU)),
        "kept_account": account_key(account_of(request)),
        "kept_posts": kept_offers(request),
        "login_next": "" if request.path.startswith("/accounts/") else request.get_full_path(),
    }


def kept_offers(request: HttpRequest) -> list[dict[str, object]]:
    """Texts that wait for this person; not those the page shows already. Asks the session only."""
    session = getattr(request, "session", None)
    if session is None or not account_of(request) or request.path == reverse("kept_texts"):
        return []
    rows = session.get(SESSION_KEY, [])
    shown = request.GET.get("kept", "")
    return [{"pk": pk, "address": address} for pk, address in rows if str(pk) != shown]


def menu_for(request: HttpRequest) -> list[tuple[Any, str]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return PUBLIC_MENU
    return STAFF_MENU if user.is_centre_staff else MEMBER_MENU


def build_menu(request: HttpRequest, entries: list[tuple[Any, str]]) -> list[MenuItem]:
    """The longest address that the current page begins with is the active one."""
    urls = [(label, url) for label, name in entries if (url := reverse_or_none(name))]
    matching = [url for _label, url in urls if request.path.startswith(url)]
    active = max(matching, key=len, default=None)
    return [MenuItem(label, url, url == active, url == request.path) for label, url in urls]


def reverse_or_none(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
