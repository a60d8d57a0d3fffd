"""What every page's template needs."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kr_ru_platform.web.kept.form_tokens import account_key, account_of
from kr_ru_platform.web.kept.kept_posts import SESSION_KEY
from kr_ru_platform.web.registered.menus import Menu, menu_of


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "demo_mode": settings.DEMO_MODE,
        "mail_folder": getattr(settings, "EMAIL_FILE_PATH", "") if settings.DEMO_MODE else "",
        "native_languages": settings.LANGUAGES,
        "main_menu": SimpleLazyObject(lambda: menu_of(Menu.MAIN, request)),
        "footer_menu": SimpleLazyObject(lambda: menu_of(Menu.FOOTER, request)),
        "account_menu": SimpleLazyObject(lambda: menu_of(Menu.ACCOUNT, request)),
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
