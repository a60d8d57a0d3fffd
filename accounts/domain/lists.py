"""Reads shaped for pages."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Organisation, User
from kr_ru_platform.words.looking_up import search_words

SHOWN = 10
ORGANISATION_ORDERS = {
    "name": ["name_ko", "name_en", "name_ru", "pk"],
    "new": ["-pk"],
    "technologies": ["-technology_count", "pk"],
}


def organisations_for_list(*, by: User, filters: dict[str, Any]) -> "QuerySet[Organisation]":
    rows = Organisation.objects.visible_to(by).found_by(filters.get("q") or "")
    for name in ("kind", "country", "confirmation"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    rows = rows.annotate(
        technology_count=Count("technologies", distinct=True),
        member_count=Count("memberships", distinct=True),
    )
    return rows.order_by(*ORGANISATION_ORDERS.get(filters.get("sort") or "name", ["pk"]))


def people_for_list(*, filters: dict[str, Any]) -> "QuerySet[User]":
    rows = (
        User.objects.filter(is_closed=False)
        .prefetch_related("groups", "memberships__organisation")
        .order_by("full_name", "pk")
    )
    for word in search_words(filters.get("q") or ""):
        rows = rows.filter(pk__in=_people_found_by(word))
    if filters.get("group"):
        rows = rows.filter(groups__name=filters["group"])
    return rows


def _people_found_by(word: str) -> "QuerySet[User]":
    of_company = Organisation.objects.found_by(word).values("pk")
    return User.objects.filter(
        Q(full_name__holds=word) | Q(email__holds=word) | Q(memberships__organisation__in=of_company)
    )


def linked_records(*, organisation: Organisation) -> list[dict[str, Any]]:
    """What other parts of the portal keep about an organisation; the page finds their addresses."""
    return [
        {
            "kind": "technologies",
            "count": organisation.technologies.count(),
            "rows": organisation.technologies.prefetch_related("texts").order_by("-pk")[:SHOWN],
        },
        {
            "kind": "demands",
            "count": organisation.demands.count(),
            "rows": organisation.demands.order_by("-pk")[:SHOWN],
        },
        {
            "kind": "match_requests",
            "count": organisation.match_requests.count(),
            "rows": organisation.match_requests.prefetch_related("technology__texts").order_by("-pk")[:SHOWN],
        },
        {
            "kind": "research_tasks",
            "count": organisation.task_partnerships.count(),
            "rows": organisation.task_partnerships.select_related("research_task").order_by("-pk")[:SHOWN],
        },
    ]
