"""What this app shows on the pages of organisations."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.registered.list_counts import ListCount, register_count
from accounts.registered.page_places import ORGANISATION_HANDOVERS, ORGANISATION_LINKS, ORGANISATION_RECORDS
from kr_ru_platform.web.registered.page_parts import register_part
from matching.domain import organisation_handovers
from matching.models import Demand, MatchRequest, Technology

SHOWN = 10


def newest(rows: Callable[[Organisation], QuerySet[Any]]) -> Callable[[Organisation], dict[str, Any]]:
    """How many there are of an organisation, and the newest of them."""
    return lambda organisation: {
        "count": rows(organisation).count(),
        "rows": rows(organisation).order_by("-pk")[:SHOWN],
    }


def technologies_of(organisation: Organisation) -> QuerySet[Technology]:
    return Technology.objects.filter(holder=organisation).prefetch_related("texts")


def demands_of(organisation: Organisation) -> QuerySet[Demand]:
    return Demand.objects.filter(organisation=organisation)


def match_requests_of(organisation: Organisation) -> QuerySet[MatchRequest]:
    return MatchRequest.objects.filter(organisation=organisation).prefetch_related("technology__texts")


def handovers(records: tuple[Organisation, Organisation]) -> dict[str, Any]:
    """Of two records that are to become one: whose technologies other people will read from then on, and who."""
    rows = organisation_handovers.technologies_handed_over(*records)
    return {"rows": [row | {"technologies": row["technologies"][:SHOWN]} for row in rows]}


def opened_agreements(records: tuple[Organisation, Organisation]) -> dict[str, Any]:
    """Which introductions and protected parts other people will read by it."""
    return {"rows": organisation_handovers.agreements_opened(*records)}


def register() -> None:
    register_part(ORGANISATION_HANDOVERS, "matching/page_parts/_handovers.html", handovers)
    register_part(ORGANISATION_HANDOVERS, "matching/page_parts/_opened_agreements.html", opened_agreements)
    register_part(ORGANISATION_LINKS, "matching/page_parts/_company_profile.html")
    register_part(ORGANISATION_RECORDS, "matching/page_parts/_technologies.html", newest(technologies_of))
    register_part(ORGANISATION_RECORDS, "matching/page_parts/_demands.html", newest(demands_of))
    register_part(ORGANISATION_RECORDS, "matching/page_parts/_match_requests.html", newest(match_requests_of))
    register_count(
        ListCount(
            name="technologies",
            heading=_("Technologies"),
            order_label=_("Most technologies"),
            count=Count("technologies", distinct=True),
        )
    )
