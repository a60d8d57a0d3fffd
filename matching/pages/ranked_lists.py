"""Ranked matches of a need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from matching.domain.index.indexing import index_encoder
from matching.domain.index.need_reading import sentences_of
from matching.domain.matches.asking_back import questions_about
from matching.domain.matches.evidence import shared_words
from matching.domain.matches.feedback import marks_of
from matching.domain.runs.scoring_progress import has_unread_technologies, scoring_state, why_no_match
from matching.enums import Audience
from matching.forms.needs.preferences import PreferencesForm, in_words
from matching.forms.needs.sentences import SentencesForm
from matching.models import CompanyNeed, Feedback, Match, MatchRequest
from matching.models.feedback import listed
from matching.models.match import worth_reading
from matching.rules import can_judge_matches, search_audience_for
from matching.scoring.scale import Band
from matching.wording.mismatches import mismatches
from matching.wording.questions import asked
from matching.wording.scores import BANDS, ExplainedComponent, explain

PAGE_SIZE = 10
# After this long the page stops promising "a moment".
DELAYED_AFTER = timedelta(minutes=1)
BAND_TONES = {Band.STRONG: "success", Band.LIKELY: "info", Band.POSSIBLE: "outline", Band.WEAK: "warning"}


@dataclass(frozen=True)
class MatchRow:
    rank: int
    match: Match
    need: CompanyNeed
    parts: list[ExplainedComponent]
    points: int
    # The parts that carry the score, strongest first.
    reasons: list[ExplainedComponent]
    request: MatchRequest | None

    @property
    def mismatches(self) -> list[Any]:
        return mismatches(self.match)

    @property
    def band_label(self) -> Any:
        return BANDS[self.match.band]

    @property
    def band_tone(self) -> str:
        return BAND_TONES[self.match.band]

    @property
    def points_lost(self) -> int:
        """Out of 100, because the two do not fit entirely."""
        return sum(part.points_not_given for part in self.parts if not part.is_missing)

    @property
    def points_open(self) -> int:
        """Out of 100, because one side or both say nothing."""
        return sum(part.points_not_given for part in self.parts if part.is_missing)


@dataclass(frozen=True)
class MatchResults:
    """What the page of a demand or a company profile says about its matches."""

    phase: str  # "ready", "scoring", "delayed" or "growing": scored, but the catalogue is not all read
    # The matches worth reading; the weak candidates stand folded behind the last page of them.
    page: Page
    rows: list[MatchRow]
    weak: Sequence[Match]
    need: CompanyNeed
    # Out of the list: what the company has marked not relevant, and may put back if it is the reader.
    marks: Sequence[Feedback]
    can_judge: bool
    # What matters more to the company, in words, and the form to say so while the demand is open.
    preferences: str
    preferences_form: PreferencesForm | None
    # Which sentences count as the need, and the form to say otherwise; none where there is one sentence.
    sentences_form: SentencesForm | None
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
    def questions(self) -> list[Any]:
        """Asked where nothing fits, from what the nearest technologies differ in."""
        return [asked(question) for question in questions_about(self.need, [match.technology for match in self.weak])]

    @property
    def search_url(self) -> str:
        """Where somebody goes on who has found nothing: a search for what a demand is called."""
        title = {"q": self.need.title} if self.need.title else {}
        return reverse("technology_list", query=title)

    @property
    def centre_email(self) -> str:
        return settings.CENTRE_EMAIL

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


def match_results(request: HttpRequest, need: CompanyNeed) -> MatchResults:
    """Technologies that have been withdrawn or marked not relevant since are not among them."""
    matches = need.matches.filter(listed()).ranked()
    matches = matches.select_related("technology", "demand", "profile")
    matches = matches.prefetch_related("technology__texts")
    page = Paginator(matches.filter(worth_reading()), PAGE_SIZE).get_page(request.GET.get("page"))
    record = getattr(need, "scoring_record", None)
    return MatchResults(
        phase=_phase(need),
        page=page,
        rows=_rows(page, need, search_audience_for(request.user)),
        weak=[] if page.has_next() else list(matches.exclude(worth_reading())),
        need=need,
        marks=marks_of(need, reader=request.user),
        can_judge=can_judge_matches(request.user, need),
        **_preferences(need),
        sentences_form=_sentences(need),
        asked_by=request.htmx.trigger or "",  # type: ignore[attr-defined]
        is_closed=need.is_closed,
        scorer_version=record.scorer_version if record else "",
        scored_at=record.scored_at if record else None,
        candidates=record.candidates if record else 0,
    )


def _preferences(need: CompanyNeed) -> dict[str, Any]:
    form = PreferencesForm(initial=need.preferences) if need.takes_preferences and need.is_open else None
    return {"preferences": in_words(need.preferences), "preferences_form": form}


def _sentences(need: CompanyNeed) -> SentencesForm | None:
    sentences = sentences_of(need, index_encoder()) if need.may_hold_background and need.is_open else []
    return SentencesForm(sentences=sentences, initial={"revision": need.revision}) if sentences else None


def _phase(need: CompanyNeed) -> str:
    if need.is_closed:
        return "ready"
    if scoring_state(need) == "ready":
        # An empty version: the worker is about to score this need anew, after many changes.
        is_settled = need.scoring_record.scorer_version and not has_unread_technologies()
        return "ready" if is_settled else "growing"
    return "delayed" if timezone.now() - need.updated_at > DELAYED_AFTER else "scoring"


def still_waiting(request: HttpRequest, results: MatchResults) -> bool:
    """The page that asks already shows this very phase: there is nothing to replace."""
    return results.phase != "ready" and request.htmx.trigger == results.poll_id  # type: ignore[attr-defined]


def _rows(page: Page, need: CompanyNeed, audience: Audience) -> list[MatchRow]:
    """In a list no single non-disclosure agreement counts: everybody reads at their own level."""
    matches = list(page)
    words = shared_words(matches)
    technologies = [match.technology_id for match in matches]
    asked = MatchRequest.objects.standing().filter(organisation=need.organisation_id, technology__in=technologies)
    by_technology = {found.technology_id: found for found in asked.order_by("id")}
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
        need=match.need,
        parts=parts,
        points=sum(part.points for part in parts),
        reasons=_reasons(parts),
        request=request,
    )


def _reasons(parts: list[ExplainedComponent]) -> list[ExplainedComponent]:
    """At most two parts that speak for the match, strongest first; never what was not said."""
    given = sorted((part for part in parts if not part.is_missing), key=lambda part: -part.contribution)
    helpful = [part for part in given[1:] if part.value > 0.5 or part.evidence.get("terms")]
    return [*given[:1], *helpful[:1]]
