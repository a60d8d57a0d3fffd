"""What people decide about matches, remembered with what they saw. The one writer of Feedback."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from kr_ru_platform.saving.revisions import locked_row
from matching.domain.texts.need_texts import need_language
from matching.enums import Verdict
from matching.models import CompanyNeed, Demand, Feedback, Match, MatchRequest, Technology
from matching.models.feedback import listed

NUMBERS = ("code", "value", "weight", "contribution")
SHOWN = 20


@transaction.atomic
def mark_not_relevant(*, match: Match, by: User, reason: str = "", text: str = "") -> Feedback:
    """Out of its need's list until somebody puts it back. A second click finds the first one's mark."""
    need = _lock(match.need)
    mark = Feedback.objects.in_force().of(need).filter(technology=match.technology_id).first()
    if mark and (reason or mark.reason, text or mark.text) == (mark.reason, mark.text):
        return mark
    if mark:
        # Another reason, typed in another tab or by a colleague: it counts from now on, and both are kept.
        put_back(mark=mark, by=by)
    return Feedback.objects.create(
        organisation_id=need.organisation_id,
        technology_id=match.technology_id,
        **match.need_columns,
        verdict=Verdict.NOT_RELEVANT,
        reason=reason,
        text=text,
        language=need_language(text),
        decided_by=by,
        **_numbers_seen(match),
    )


@transaction.atomic
def put_back(*, mark: Feedback, by: User) -> Feedback:
    """Take a mark back, by a later decision: the mark itself stays."""
    _lock(mark.need)
    if later := Feedback.objects.filter(takes_back=mark).first():
        return later
    match = Match.objects.filter(**mark.need_columns, technology=mark.technology_id).first()
    return Feedback.objects.create(
        organisation_id=mark.organisation_id,
        technology_id=mark.technology_id,
        **mark.need_columns,
        verdict=Verdict.PUT_BACK,
        takes_back=mark,
        decided_by=by,
        **_numbers_seen(match),
    )


@transaction.atomic
def record_request_step(*, match_request: MatchRequest, by: User, verdict: Verdict, reason: str = "") -> Feedback:
    """A step of a match request, with its match as it is now or, where that is gone, as it was requested."""
    first = match_request.feedback.order_by("id").first()
    owner = _need_of(match_request, first)
    has_need = any(owner.values())
    match = Match.objects.filter(**owner, technology=match_request.technology_id).first() if has_need else None
    # Who asks for a technology wants it back in the list; the centre does not say that for a company.
    if verdict == Verdict.REQUESTED and has_need and match_request.organisation_id in by.organisation_ids:
        for mark in Feedback.objects.in_force().filter(**owner, technology=match_request.technology_id):
            put_back(mark=mark, by=by)
    return Feedback.objects.create(
        organisation_id=match_request.organisation_id,
        technology_id=match_request.technology_id,
        **owner,
        match_request=match_request,
        verdict=verdict,
        reason=reason,
        decided_by=by,
        **_numbers_seen(match or first),
    )


def _need_of(match_request: MatchRequest, first: Feedback | None) -> dict[str, int | None]:
    """The demand that was named; else the need whose match led to the request."""
    found = first or match_request.match
    if match_request.demand_id or found is None:
        return {"demand_id": match_request.demand_id, "profile_id": None}
    return found.need_columns


def _lock(need: CompanyNeed | None) -> CompanyNeed:
    """Two decisions about one need wait for each other; a worker that writes its matches does not."""
    assert need is not None
    return locked_row(need, no_key=True)


def _numbers_seen(seen: Match | Feedback | None) -> dict[str, Any]:
    """Codes and numbers only: no sentence of anybody's text goes along."""
    if seen is None:
        return {}
    if isinstance(seen, Feedback):
        return {name: getattr(seen, name) for name in ("score", "rank", "scorer_version", "components")}
    return {
        "score": seen.score,
        "rank": _rank(seen),
        "scorer_version": seen.scorer_version,
        "components": [
            {name: part[name] for name in NUMBERS} | {"missing": part["evidence"].get("missing", "")}
            for part in seen.components
        ],
    }


def _rank(match: Match) -> int:
    """Its place in the list that the company sees."""
    is_better = Q(score__gt=match.score) | Q(score=match.score, technology_id__lt=match.technology_id)
    return Match.objects.filter(listed(), is_better, **match.need_columns).count() + 1


def marks_of(need: CompanyNeed, *, reader: User) -> Sequence[Feedback]:
    """What is out of a need's list, the last one first, as far as the reader may see it now."""
    marks = Feedback.objects.in_force().of(need).select_related("decided_by", "technology")
    marks = marks.filter(technology__in=Technology.objects.visible_to(reader))
    return list(marks.prefetch_related("technology__texts").order_by("-id"))


def decisions_of(subject: Demand | Technology) -> QuerySet[Feedback]:
    """The latest decisions about a demand or a technology, for the centre."""
    rows = subject.feedback.select_related("decided_by", "organisation", "technology", "demand")
    return rows.prefetch_related("technology__texts").order_by("-id")[:SHOWN]
