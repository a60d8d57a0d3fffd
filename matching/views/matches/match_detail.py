"""One match explained: on its page and, when somebody asks there, in a card of a list."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kr_ru_platform.words.amounts import won
from kr_ru_platform.words.languages import reader_language
from matching.domain.matches.evidence import met_passages, shared_words
from matching.domain.matches.scorers import scorer_named
from matching.enums import ReadinessLevel, TransferMode
from matching.forms.needs.preferences import in_words
from matching.models import Demand, Feedback, Match, MatchRequest, Technology
from matching.pages.ranked_lists import match_row
from matching.rules import audience_for, can_compare_scorers, can_judge_matches
from matching.wording.scores import ExplainedComponent, mark_shared

# A card has less room than a page.
CARD_PAIRS = 2


@login_required
def match_detail(request: HttpRequest, pk: int) -> HttpResponse:
    matches = Match.objects.visible_to(request.user).select_related(
        "technology__holder", "demand__organisation", "profile__organisation"
    )
    match = get_object_or_404(matches.prefetch_related("technology__texts"), pk=pk)
    why = _why(request, match)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "matching/matches/why/_opened.html", _shortened(why))
    return render(request, "matching/matches/why/match_detail.html", why | _around(request, match))


def _why(request: HttpRequest, match: Match) -> dict[str, Any]:
    """What the score rests on, as far as this reader may read it."""
    met = met_passages(match)
    found = shared_words([match]).get(match.pk, {}) | ({"meaning": {"pairs": met.pairs}} if met.pairs else {})
    row = match_row(match, audience_for(request.user, match.technology), found, request=_last_request(match))
    return {
        "match": match,
        "row": row,
        "pairs": mark_shared(_pairs(row.parts)),
        "has_changed": met.has_changed,
        "terms": [term for part in row.parts for term in part.evidence.get("met", [])],
        "facts": _side_by_side(match),
        "level": 2,
    }


def _shortened(why: dict[str, Any]) -> dict[str, Any]:
    """The same for a card: the best pairs of sentences, the facts that somebody has told."""
    told = [fact for fact in why["facts"] if fact["wanted"] or fact["offered"]]
    return why | {"pairs": why["pairs"][:CARD_PAIRS], "facts": told, "level": 4, "is_card": True}


def _around(request: HttpRequest, match: Match) -> dict[str, Any]:
    """What else stands on the page."""
    need = match.need
    marks = Feedback.objects.in_force().of(need).select_related("decided_by")
    return {
        "mark": marks.filter(technology=match.technology_id).first(),
        "can_judge": can_judge_matches(request.user, need),
        "preferences": in_words(need.preferences),
        "need": need,
        "technology": match.technology,
        "scorer_url": _scorer_url(request, match),
    }


def _last_request(match: Match) -> MatchRequest | None:
    organisation = match.need.organisation_id
    asked = MatchRequest.objects.standing().filter(technology=match.technology_id, organisation=organisation)
    return asked.order_by("-id").first()


def _pairs(parts: list[ExplainedComponent]) -> list[dict[str, Any]]:
    """The sentences that met. A title taken from the first sentence of a text is not told twice."""
    pairs = [pair for part in parts for pair in part.evidence.get("pairs", [])]
    return list({(pair["need_text"].rstrip(" ."), pair["offer_text"]): pair for pair in pairs}.values())


def _scorer_url(request: HttpRequest, match: Match) -> str:
    """For the centre, where the version that made the score is still known."""
    is_known = can_compare_scorers(request.user) and scorer_named(match.scorer_name)
    return reverse("scorer_detail", args=[match.scorer_name]) if is_known else ""


def _side_by_side(match: Match) -> list[dict[str, Any]]:
    facts = [_fact(_("Field"), match.need.get_field_display(), match.technology.get_field_display())]
    return [*facts, *_wanted_by(match.demand, match.technology)] if match.demand else facts


def _wanted_by(demand: Demand, technology: Technology) -> list[dict[str, Any]]:
    """What only a demand says, beside what the technology offers."""
    return [
        _fact(_("Readiness (TRL)"), readiness_label(demand.minimum_trl), readiness_label(technology.trl)),
        _fact(_("Transfer modes"), mode_labels(demand.transfer_modes), mode_labels(technology.transfer_modes)),
        _fact(_("Direction"), demand.get_direction_display(), technology.get_direction_display()),
        # Shown for people to judge; neither counts in the score.
        _fact(_("Needed by – valid until"), _day(demand.needed_by), _day(technology.expires_on)),
        _fact(_("Budget"), _amount(demand.budget_krw), ""),
    ]


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else won(amount, reader_language())


def _fact(label: str, wanted: Any, offered: Any) -> dict[str, Any]:
    return {"label": label, "wanted": wanted, "offered": offered}


def readiness_label(level: int | None) -> str:
    return str(ReadinessLevel(level).label) if level else ""


def mode_labels(codes: list[str]) -> str:
    return ", ".join(str(TransferMode(code).label) for code in codes)
