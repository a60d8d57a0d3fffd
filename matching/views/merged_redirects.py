"""Pages that write a technology lead on where it was merged into another one, with what was posted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kr_ru_platform.web.kept.kept_later import lead_on
from matching.domain.technologies.curation import MergedAwayError
from matching.models import Technology, TechnologyMerge

View = Callable[..., HttpResponse]


def leads_on(view: View) -> View:
    """For pages whose address holds the key of a technology as `pk`."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return _led_on(request, kwargs) or view(request, *args, **kwargs)
        except MergedAwayError:
            # Between the look and the lock.
            return _led_on(request, kwargs) or view(request, *args, **kwargs)

    return page


def _led_on(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    stays, pk = Technology.objects.visible_to(request.user), kwargs["pk"]
    while merge := TechnologyMerge.objects.filter(goes=pk, stays__in=stays).first():
        pk = merge.stays_id
    if pk == kwargs["pk"]:
        return None
    return lead_on(request, reverse(request.resolver_match.view_name, kwargs={**kwargs, "pk": pk}))
