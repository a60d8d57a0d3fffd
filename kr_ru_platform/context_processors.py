"""What every page's template needs."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    return {"demo_mode": settings.DEMO_MODE, "native_languages": settings.LANGUAGES}
