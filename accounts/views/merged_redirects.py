"""Old addresses of organisations that were merged lead on to the one that stayed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts.models import Organisation, OrganisationMerge
from kr_ru_platform.web.kept.kept_later import lead_on


class HasMovedError(Exception):
    """The record was merged into another one; `args[0]` is its key."""


def found_or_moved(rows: "QuerySet[Organisation]", pk: int) -> Organisation:
    """404 for readers who may see neither the record nor the one that it became."""
    if row := rows.filter(pk=pk).first():
        return row
    merge = OrganisationMerge.objects.filter(old_id=pk, organisation__in=rows).first()
    if merge is None:
        raise Http404
    raise HasMovedError(merge.organisation_id)


def leads_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages whose address holds the key of an organisation as `pk`."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except HasMovedError as moved:
            return lead_on(request, reverse(request.resolver_match.view_name, kwargs={**kwargs, "pk": moved.args[0]}))

    return page
