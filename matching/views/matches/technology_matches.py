"""What fits one technology: demands and companies, for the centre."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from matching.domain.matches.evidence import shared_words
from matching.domain.matches.feedback import decisions_of
from matching.domain.matches.one_need import KEPT
from matching.domain.runs.scoring_progress import technology_scoring_state
from matching.models import Feedback, Match, MatchRequest, Technology
from matching.pages.ranked_lists import MatchRow, match_row
from matching.pages.technology_page import page_context, technology_or_404
from matching.rules import search_audience_for
from matching.views.access import curators_only

PAGE_SIZE = 10
KINDS = {"demands": Q(demand__isnull=False), "companies": Q(profile__isnull=False)}


@dataclass(frozen=True)
class FittingNeed:
    """One need that the technology fits, and what people have made of the pair so far."""

    row: MatchRow
    # The company does not want to see this technology for this need.
    mark: Feedback | None

    @property
    def can_be_proposed(self) -> bool:
        return not self.row.request and not self.mark and self.row.need.is_open


@curators_only
def technology_matches(request: HttpRequest, pk: int) -> HttpResponse:
    technology = technology_or_404(request, pk)
    kind = request.GET.get("kind", "")
    matches = technology.matches.select_related("demand__organisation", "profile__organisation")
    counts = technology.matches.aggregate(**{name: Count("pk", filter=q) for name, q in KINDS.items()})
    chosen = matches.filter(KINDS[kind]) if kind in KINDS else matches
    page = Paginator(chosen.order_by("-score", "id"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **page_context(request, technology, "matches"),
        "page": page,
        "fits": _fits(request, technology, page),
        "kinds": _kinds(request, kind, counts),
        "phase": technology_scoring_state(technology),
        "kept": KEPT,
        "decisions": decisions_of(technology),
    }
    return render(request, "matching/matches/technology/technology_matches.html", context)


def _kinds(request: HttpRequest, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = [
        ("", _("All of them"), sum(counts.values())),
        ("demands", _("Demands"), counts["demands"]),
        ("companies", _("Company profiles"), counts["companies"]),
    ]
    return [
        {
            "label": label,
            "url": f"{request.path}?kind={code}" if code else request.path,
            "active": code == (chosen if chosen in KINDS else ""),
            "count": count,
        }
        for code, label, count in labels
    ]


def _fits(request: HttpRequest, technology: Technology, page: Page[Match]) -> list[FittingNeed]:
    matches = list(page)
    companies = [match.need.organisation_id for match in matches]
    asked = MatchRequest.objects.standing().filter(technology=technology, organisation__in=companies)
    requests = {row.organisation_id: row for row in asked.order_by("id")}
    marks = {mark.need_key: mark for mark in Feedback.objects.in_force().filter(technology=technology)}
    audience, words = search_audience_for(request.user), shared_words(matches)
    return [
        FittingNeed(
            match_row(match, audience, words.get(match.pk), rank=rank, request=requests.get(company)),
            marks.get(match.need_key),
        )
        for rank, (match, company) in enumerate(zip(matches, companies, strict=True), start=page.start_index())
    ]
