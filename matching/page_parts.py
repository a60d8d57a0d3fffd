"""What this app shows on the pages of organisations."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation
from accounts.registered.list_counts import ListCount, register_count
from accounts.registered.page_places import ORGANISATION_HANDOVERS, ORGANISATION_LINKS, ORGANISATION_RECORDS
from kr_ru_platform.web.registered.page_parts import register_part
from matching.enums import DisclosureLevel
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
    """Of two records that are to become one: whose technologies other people will read from then on, and who they are.

    Only members of a confirmed record do; those of another one wait for approval.
    """
    one, other = records
    rows, seen = [], []
    for giver, taker in ((one, other), (other, one)):
        technologies = technologies_of(giver).order_by("pk")
        found = list(technologies)
        if not found:
            continue
        members = Membership.objects.active().filter(organisation=taker).select_related("user").order_by("user")
        readers = [row.user for row in members] if taker.is_confirmed else []
        is_protected = [row for row in found if row.disclosure == DisclosureLevel.NDA]
        rows.append(
            {
                "giver": giver,
                "count": len(found),
                "protected": len(is_protected),
                "technologies": [*is_protected, *(row for row in found if row not in is_protected)][:SHOWN],
                "readers": readers,
            }
        )
        seen.append([giver.pk, [[row.pk, row.disclosure] for row in found], [user.pk for user in readers]])
    return {"rows": rows, "seen": json.dumps(seen)}


def register() -> None:
    register_part(ORGANISATION_HANDOVERS, "matching/page_parts/_handovers.html", handovers)
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
