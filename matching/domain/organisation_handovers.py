"""What people of two records that become one read from then on, whom nobody has named: ADR 19.

Only members of a confirmed record do; those of another one wait for approval. Which of the two stays plays no part.
"""

import json
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Membership, Organisation, User
from matching.enums import DisclosureLevel
from matching.models import Introduction, Technology

Rows = list[dict[str, Any]]


def technologies_handed_over(one: Organisation, other: Organisation) -> Rows:
    """By the record whose they are: `giver`, its `technologies`, protected ones first, and the new `readers`."""
    rows = []
    for giver, taker in _both_ways(one, other):
        found = list(Technology.objects.filter(holder=giver).prefetch_related("texts").order_by("pk"))
        if found:
            is_protected = [row for row in found if row.disclosure == DisclosureLevel.NDA]
            rows.append(
                {
                    "giver": giver,
                    "count": len(found),
                    "protected": len(is_protected),
                    "technologies": [*is_protected, *(row for row in found if row not in is_protected)],
                    "readers": _members(taker),
                }
            )
    return rows


def agreements_opened(one: Organisation, other: Organisation) -> Rows:
    """By introduction: the `company` that was introduced, the `party`, the `technology`, and the new `readers`.

    They read what was agreed; `opens` says that they read the protected part, too.
    """
    rows = [
        _opened(introduction, (one, other), readers)
        for company, joining in _both_ways(one, other)
        if (readers := [user for user in _members(joining) if user not in _members(company)])
        for introduction in _introductions(Q(match_request__organisation=company))
    ]
    pair = [one.pk, other.pk]
    party = Q(signed_with__in=pair) | Q(signed_with=None, holder__in=pair)
    # Both records' own people read as holders what the other one holds.
    for introduction in _introductions(party & ~Q(match_request__organisation__in=pair)):
        row = _opened(introduction, (one, other), _members(introduction.match_request.organisation))
        if row["opens"] and introduction.party_id != row["technology"].holder_id:
            rows.append(row)
    return rows


def handovers_seen(one: Organisation, other: Organisation) -> str:
    """Another text when something else would be read, or by somebody else; empty where nothing is."""
    handed = [
        [row["giver"].pk, _named(row["technologies"]), _keys(row["readers"])]
        for row in technologies_handed_over(one, other)
    ]
    opened = [
        [row["introduction"].pk, _named([row["technology"]]), row["opens"], _keys(row["readers"])]
        for row in agreements_opened(one, other)
    ]
    return json.dumps([handed, opened]) if handed or opened else ""


def _both_ways(one: Organisation, other: Organisation) -> list[tuple[Organisation, Organisation]]:
    first, second = sorted((one, other), key=lambda row: row.pk)
    return [(first, second), (second, first)]


def _members(organisation: Organisation) -> list[User]:
    if not organisation.is_confirmed:
        return []
    rows = Membership.objects.active().filter(organisation=organisation).select_related("user").order_by("user")
    return [row.user for row in rows]


def _introductions(which: Q) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(which).order_by("pk")
    parties = ("match_request__organisation", "match_request__technology", "signed_for", "signed_with", "holder")
    return rows.select_related(*parties).prefetch_related("match_request__technology__texts", "signed_for__texts")


def _opened(introduction: Introduction, pair: tuple[Organisation, Organisation], readers: list[User]) -> dict[str, Any]:
    technology = introduction.signed_for or introduction.match_request.technology
    ends = {introduction.party_id, technology.holder_id}
    is_one_holder = len(ends) == 1 or ends == {row.pk for row in pair}
    return {
        "introduction": introduction,
        "company": introduction.match_request.organisation,
        "party": introduction.party,
        "technology": technology,
        "opens": introduction.is_agreement_in_force and is_one_holder,
        "readers": readers,
    }


def _named(technologies: list[Technology]) -> list[list[Any]]:
    return [[row.pk, row.disclosure] for row in technologies]


def _keys(readers: list[User]) -> list[int]:
    return [user.pk for user in readers]
