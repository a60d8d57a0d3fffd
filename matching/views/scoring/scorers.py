"""Versions of the scorer: the list, one beside the one that counts, and the switch."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.saving.errors import StaleRevisionError
from matching import rules
from matching.domain.matches.one_need import KEPT
from matching.domain.matches.scorer_comparison import PlaceChange, ScorerComparison, compare_scorers
from matching.domain.matches.scorers import ScorerRow, active_scorer, scorer_rows, switch_scorer
from matching.domain.runs.scoring_progress import rescoring_seconds, scored_needs_count
from matching.forms.scoring import SwitchScorerForm
from matching.models import Demand, ScorerSwitch, Technology
from matching.nudge import nudge_matching
from matching.scoring.types import Weights
from matching.wording.scores import LABELS

SHOWN_SWITCHES = 20


@dataclass(frozen=True)
class WeightRow:
    label: Any
    present: float
    weight: float

    @property
    def change(self) -> float:
        return self.weight - self.present


@dataclass(frozen=True)
class MoveRow:
    move: PlaceChange
    demand: Demand
    technology: Technology
    # In points out of 100, where there is a score on both sides.
    points: float | None


@login_required
def scorer_list(request: HttpRequest) -> HttpResponse:
    _require_staff(request)
    rows, switches = scorer_rows()
    context = {"rows": rows, "switches": switches[:SHOWN_SWITCHES]}
    return render(request, "matching/scoring/scorers/scorer_list.html", context)


@login_required
def scorer_detail(request: HttpRequest, name: str) -> HttpResponse:
    """What the version is and, unless it counts already, what would move with it."""
    _require_staff(request)
    row, active = _row_or_404(name), active_scorer()
    found = None if row.is_active else compare_scorers(active=active, other=row.scorer)
    context = {
        "row": row,
        "active": active,
        "weights": _weight_rows(active.weights, row.scorer.weights),
        "comparison": found,
        "moves": _move_rows(found) if found else [],
        "kept": KEPT,
        "can_switch": rules.can_switch_scorer(request.user),
    }
    return render(request, "matching/scoring/scorers/scorer_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def scorer_switch(request: HttpRequest, name: str) -> HttpResponse:
    """Asked on a page of its own: every list of every company is put in another order."""
    if not rules.can_switch_scorer(request.user):
        raise PermissionDenied
    row, active = _row_or_404(name), active_scorer()
    if row.is_active:
        messages.info(request, _("Version %(name)s is in use already.") % {"name": name})
        return redirect("scorer_list")
    form = SwitchScorerForm(request.POST or None, initial={"active": active.name})
    if request.method == "POST" and form.is_valid():
        return _switch(request, name, form.cleaned_data["active"])
    needs = scored_needs_count()
    minutes = max(1, round(rescoring_seconds(needs) / 60))
    context = {"row": row, "active": active, "form": form, "needs": needs, "minutes": minutes}
    return render(request, "matching/scoring/scorers/scorer_switch.html", context)


def _switch(request: HttpRequest, name: str, expected: str) -> HttpResponse:
    try:
        switch_scorer(to=name, by=request.user, expected=expected)
    except StaleRevisionError:
        messages.error(request, _switched_words(request))
        return redirect("scorer_detail", name)
    nudge_matching()
    messages.success(request, _("Version %(name)s is in use now. The scores are being made anew.") % {"name": name})
    return redirect("scorer_list")


def _switched_words(request: HttpRequest) -> str:
    newest = ScorerSwitch.objects.order_by("-id").first()
    if newest is not None and newest.switched_by_id == request.user.pk:
        return _("You have switched to another version in another window. Compare once more.")
    return _("Somebody else has switched to another version meanwhile. Compare once more.")


def _require_staff(request: HttpRequest) -> None:
    if not rules.can_compare_scorers(request.user):
        raise PermissionDenied


def _row_or_404(name: str) -> ScorerRow:
    """One whose formula is gone can be read in the list only."""
    for row in scorer_rows()[0]:
        if row.scorer.name == name and row.is_usable:
            return row
    raise Http404


def _weight_rows(present: Weights, weights: Weights) -> list[WeightRow]:
    return [
        WeightRow(LABELS.get(code, code), present.get(code, 0.0), weights.get(code, 0.0))
        for code in {**present, **weights}
    ]


def _move_rows(found: ScorerComparison) -> list[MoveRow]:
    demands = Demand.objects.in_bulk({move.demand_id for move in found.movers})
    technologies = Technology.objects.with_texts().in_bulk({move.technology_id for move in found.movers})
    rows = []
    for move in found.movers:
        is_in_both = move.score_before is not None and move.score_after is not None
        points = 100 * (move.score_after - move.score_before) if is_in_both else None
        rows.append(MoveRow(move, demands[move.demand_id], technologies[move.technology_id], points))
    return rows
