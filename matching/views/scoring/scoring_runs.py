"""How far the scoring of many needs is; administrators may have everything scored anew."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from matching.domain.matches.matchmaking import stale_needs, unscored_technologies
from matching.domain.runs import scoring_runs as domain
from matching.domain.runs.scoring_progress import progress_of_run
from matching.nudge import nudge_scoring
from matching.rules import can_start_scoring
from matching.views.access import curators_only

RUNS_SHOWN = 10


@curators_only
def scoring_run_list(request: HttpRequest) -> HttpResponse:
    context = {
        "progress": progress_of_run(),
        "runs": domain.ended_runs()[:RUNS_SHOWN],
        "needs_waiting": stale_needs().count(),
        "technologies_waiting": unscored_technologies().count(),
        "can_start": can_start_scoring(request.user),
    }
    return render(request, "matching/scoring/runs/scoring_run_list.html", context)


@curators_only
def scoring_run_start(request: HttpRequest) -> HttpResponse:
    if not can_start_scoring(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "matching/scoring/runs/scoring_run_start.html")
    if domain.running_run():
        messages.info(request, _("Scoring is under way already."))
    elif domain.start_run(by=request.user):
        nudge_scoring(domain.LANES)
        messages.success(request, _("Everything is being scored again."))
    else:
        messages.info(request, _("Nothing has changed since everything was scored last; every score stays as it is."))
    return redirect("scoring_run_list")
