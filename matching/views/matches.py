"""Ranked matches of a need, and one match explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kr_ru_platform.formats import won
from matching.domain.evidence import met_passages, shared_words
from matching.domain.feedback import marks_of
from matching.domain.queries import has_unread_technologies, scoring_state, why_no_match
from matching.domain.scorers import scorer_named
from matching.enums import Audience, DemandState, MatchRequestState, ReadinessLevel, TransferMode
from matching.explanations import ExplainedPart, explain, mark_shared
from matching.forms.preferences import PreferencesForm, in_words
from matching.models import CompanyProfile, Demand, Feedback, Match, MatchRequest, Technology
from matching.models.feedback import listed
from matching.rules import audience_for, can_compare_scorers, can_judge_matches, search_audience_for

PAGE_SIZE = 10
# After this long the page stops promising "a moment".
DELAYED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class MatchRow:
    rank: int
    match: Match
    need: Demand | CompanyProfile
    parts: list[ExplainedPart]
    points: int
    # The parts that carry the score, strongest first.
    reasons: list[ExplainedPart]
    request: MatchRequest | None


@dataclass(frozen=True)
class MatchResults:
    """What the page of a demand or a company profile says about its matches."""

    phase: str  # "ready", "scoring", "delayed" or "growing": scored, but the catalogue is not all read
    page: Page
    rows: list[MatchRow]
    need: Demand | CompanyProfile
    # Out of the list: what the company has marked not relevant, and may put back if it is the reader.
    marks: Sequence[Feedback]
    can_judge: bool
    # What matters more to the company, in words, and the form to say so while the demand is open.
    preferences: str
    preferences_form: PreferencesForm | None
    # The element that asked for this part: what it holds may stay open, what others hold may stay as it is.
    asked_by: str
    is_closed: bool
    scorer_version: str
    scored_at: datetime | None
    candidates: int

    @property
    def why_none(self) -> str:
        return why_no_match(self.need)

    @property
    def is_poll(self) -> bool:
        return self.asked_by.startswith("matches-")

    @property
    def poll_every(self) -> str:
        return "700ms" if self.phase == "scoring" else "5s"

    @property
    def poll_id(self) -> str:
        """Tells what the asking page already shows."""
        count = f"-{self.page.paginator.count}" if self.phase == "growing" else ""
        return f"matches-{self.phase}{count}"


def match_results(request: HttpRequest, need: Demand | CompanyProfile) -> MatchResults:
    """Technologies that have been withdrawn or marked not relevant since are not among them."""
    matches = need.matches.filter(listed()).ranked()
    matches = matches.select_related("technology", "demand", "profile")
    matches = matches.prefetch_related("technology__texts")
    page = Paginator(matches, PAGE_SIZE).get_page(request.GET.get("page"))
    record = getattr(need, "scoring_record", None)
    return MatchResults(
        phase=_phase(need),
        page=page,
        rows=_rows(page, need, search_audience_for(request.user)),
        need=need,
        marks=marks_of(need, reader=request.user),
        can_judge=can_judge_matches(request.user, need),
        **_preferences(need),
        asked_by=request.htmx.trigger or "",  # type: ignore[attr-defined]
        is_closed=isinstance(need, Demand) and need.state == "closed",
        scorer_version=record.scorer_version if record else "",
        scored_at=record.scored_at if record else None,
        candidates=record.candidates if record else 0,
    )


def _preferences(need: Demand | CompanyProfile) -> dict[str, Any]:
    if not isinstance(need, Demand):
        return {"preferences": "", "preferences_form": None}
    form = PreferencesForm(initial=need.preferences) if need.state == DemandState.OPEN else None
    return {"preferences": in_words(need.preferences), "preferences_form": form}


def _phase(need: Demand | CompanyProfile) -> str:
    is_closed = isinstance(need, Demand) and need.state == "closed"
    if is_closed:
        return "ready"
    if scoring_state(need) == "ready":
        # An empty version: the worker is about to score this need anew, after many changes.
        is_settled = need.scoring_record.scorer_version and not has_unread_technologies()
        return "ready" if is_settled else "growing"
    return "delayed" if timezone.now() - need.updated_at > DELAYED_AFTER else "scoring"


def still_waiting(request: HttpRequest, results: MatchResults) -> bool:
    """The page that asks already shows this very phase: there is nothing to replace."""
    return results.phase != "ready" and request.htmx.trigger == results.poll_id  # type: ignore[attr-defined]


def _rows(page: Page, need: Demand | CompanyProfile, audience: Audience) -> list[MatchRow]:
    """In a list no single non-disclosure agreement counts: everybody reads at their own level."""
    matches = list(page)
    words = shared_words(matches)
    technologies = [match.technology_id for match in matches]
    asked = MatchRequest.objects.filter(organisation=need.organisation_id, technology__in=technologies)
    by_technology = {
        found.technology_id: found for found in asked.exclude(state=MatchRequestState.WITHDRAWN).order_by("id")
    }
    return [
        match_row(match, audience, words.get(match.pk), rank=rank, request=by_technology.get(match.technology_id))
        for rank, match in enumerate(matches, start=page.start_index())
    ]


def match_row(
    match: Match,
    audience: Audience,
    found: dict[str, Any] | None,
    *,
    rank: int = 0,
    request: MatchRequest | None = None,
) -> MatchRow:
    """`found` is what evidence.py has read from the texts."""
    parts = explain(match, audience=audience, found=found)
    return MatchRow(
        rank=rank,
        match=match,
        need=match.demand or match.profile,
        parts=parts,
        points=sum(part.points for part in parts),
        reasons=_reasons(parts),
        request=request,
    )


def _reasons(parts: list[ExplainedPart]) -> list[ExplainedPart]:
    """At most two parts that speak for the match, strongest first; never what was not said."""
    given = sorted((part for part in parts if not part.is_missing), key=lambda part: -part.contribution)
    helpful = [part for part in given[1:] if part.value > 0.5 or part.evidence.get("terms")]
    return [*given[:1], *helpful[:1]]


def _pairs(parts: list[ExplainedPart]) -> list[dict[str, Any]]:
    """The sentences that met. A title taken from the first sentence of a text is not told twice."""
    pairs = [pair for part in parts for pair in part.evidence.get("pairs", [])]
    return list({(pair["need_text"].rstrip(" ."), pair["offer_text"]): pair for pair in pairs}.values())


@login_required
def match_detail(request: HttpRequest, pk: int) -> HttpResponse:
    matches = Match.objects.visible_to(request.user).select_related(
        "technology__holder", "demand__organisation", "profile__organisation"
    )
    match = get_object_or_404(matches.prefetch_related("technology__texts"), pk=pk)
    need = match.demand or match.profile
    asked = MatchRequest.objects.filter(technology=match.technology_id, organisation=need.organisation_id)
    last = asked.exclude(state=MatchRequestState.WITHDRAWN).order_by("-id").first()
    met = met_passages(match)
    found = shared_words([match]).get(match.pk, {}) | ({"meaning": {"pairs": met.pairs}} if met.pairs else {})
    row = match_row(match, audience_for(request.user, match.technology), found, request=last)
    marks = Feedback.objects.in_force().of(need).select_related("decided_by")
    context = {
        "row": row,
        "mark": marks.filter(technology=match.technology_id).first(),
        "can_judge": can_judge_matches(request.user, need),
        "preferences": in_words(match.demand.preferences) if match.demand else "",
        "match": match,
        "need": need,
        "technology": match.technology,
        "pairs": mark_shared(_pairs(row.parts)),
        "has_changed": met.has_changed,
        "terms": [term for part in row.parts for term in part.evidence.get("terms", [])],
        "facts": _side_by_side(need, match.technology),
        "scorer_url": _scorer_url(request, match),
    }
    return render(request, "matching/match_detail.html", context)


def _scorer_url(request: HttpRequest, match: Match) -> str:
    """For the centre, where the version that made the score is still known."""
    is_known = can_compare_scorers(request.user) and scorer_named(match.scorer_name)
    return reverse("scorer_detail", args=[match.scorer_name]) if is_known else ""


def _side_by_side(need: Demand | CompanyProfile, technology: Technology) -> list[dict[str, Any]]:
    facts = [_fact(_("Field"), need.get_field_display(), technology.get_field_display())]
    if isinstance(need, CompanyProfile):
        return facts
    return [
        *facts,
        _fact(_("Readiness (TRL)"), readiness_label(need.minimum_trl), readiness_label(technology.trl)),
        _fact(_("Transfer modes"), mode_labels(need.transfer_modes), mode_labels(technology.transfer_modes)),
        _fact(_("Direction"), need.get_direction_display(), technology.get_direction_display()),
        # Shown for people to judge; neither counts in the score.
        _fact(_("Needed by – valid until"), _day(need.needed_by), _day(technology.expires_on)),
        _fact(_("Budget"), _amount(need.budget_krw), ""),
    ]


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else won(amount, get_language() or "en")


def _fact(label: str, wanted: Any, offered: Any) -> dict[str, Any]:
    return {"label": label, "wanted": wanted, "offered": offered}


def readiness_label(level: int | None) -> str:
    return str(ReadinessLevel(level).label) if level else ""


def mode_labels(codes: list[str]) -> str:
    return ", ".join(str(TransferMode(code).label) for code in codes)
