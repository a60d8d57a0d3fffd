"""Reads shaped for pages."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Organisation, User
from accounts.registered.list_counts import list_counts
from kr_ru_platform.words.looking_up import search_words

ORGANISATION_ORDERS = {
    "name": ["name_ko", "name_en", "name_ru", "pk"],
    "new": ["-pk"],
}


def organisations_for_list(*, by: User, filters: dict[str, Any]) -> "QuerySet[Organisation]":
    rows = Organisation.objects.visible_to(by).found_by(filters.get("q") or "")
    for name in ("kind", "country", "confirmation"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    counts = list_counts()
    rows = rows.annotate(
        member_count=Count("memberships", distinct=True), **{count.column: count.count for count in counts}
    )
    orders = ORGANISATION_ORDERS | {count.name: [f"-{count.column}", "pk"] for count in counts}
    return rows.order_by(*orders.get(filters.get("sort") or "name", ["pk"]))


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
