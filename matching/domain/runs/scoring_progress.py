"""Reads shaped for pages: what the worker has done with a row, and how far it is with all of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from matching.domain.runs.scoring_runs import LANES, running_run
from matching.domain.texts.need_texts import is_short, why_unread
from matching.enums import PartStep, RunState, TechnologyState
from matching.models import CompanyNeed, CompanyProfile, Demand, Match, ScoringRecord, ScoringRun, Technology
from matching.models.feedback import listed
from matching.models.match import worth_reading

# What a worker needs for one need of a middling catalogue, while nothing has been measured.
SECONDS_PER_NEED = 0.3


def scoring_state(need: CompanyNeed) -> Literal["waiting", "ready"]:
    """Whether the stored matches belong to the need as it is now; a closed demand keeps what it has."""
    if need.is_closed:
        return "ready"
    is_current = ScoringRecord.objects.filter(**need.as_owner, revision=need.revision).exists()
    return "ready" if is_current else "waiting"


def technology_scoring_state(technology: Technology) -> Literal["unpublished", "waiting", "ready"]:
    """Whether the demands and companies have been compared with the technology as it is now."""
    if technology.state != TechnologyState.PUBLISHED:
        return "unpublished"
    is_current = ScoringRecord.objects.filter(technology=technology, revision=technology.revision).exists()
    return "ready" if is_current else "waiting"


def why_no_match(need: CompanyNeed) -> Literal["", "nothing", "script", "short"]:
    """What in the need's own text keeps it from having matches, for a sentence on its page."""
    text = "\n".join(need.own_texts)
    return why_unread(text) or ("short" if is_short(text) else "")


def with_match_counts(demands: QuerySet[Demand]) -> QuerySet[Demand]:
    """Each with the number of its matches worth reading.

    Counted for the rows of a page only: joined, all matches would be counted.
    """
    own = Match.objects.filter(listed(), worth_reading(), demand=OuterRef("pk")).order_by().values("demand")
    counts = own.annotate(count=Count("pk")).values("count")
    return demands.annotate(match_count=Coalesce(Subquery(counts), 0))


def has_unread_technologies() -> bool:
    """Whether the worker still has published technologies before it, as after an import."""
    # Not "not among the ids of those": beyond some 200,000 PostgreSQL compares every id with every other.
    current = ScoringRecord.objects.filter(technology=OuterRef("pk"), revision=OuterRef("revision"))
    return Technology.objects.published().filter(~Exists(current)).exists()


def scored_needs_count() -> int:
    """For how many demands and profiles the worker keeps a list of matches."""
    return Demand.objects.open().count() + CompanyProfile.objects.count()


def rescoring_seconds(needs: int) -> float:
    """About how long it takes to score so many needs anew: as long as the last full run, if there was one."""
    runs = ScoringRun.objects.filter(state=RunState.FINISHED, needs_count__gt=0, ended_at__isnull=False)
    last = runs.order_by("-id").first()
    if last is None or last.ended_at is None:
        return needs * SECONDS_PER_NEED
    return needs * (last.ended_at - last.started_at).total_seconds() / last.needs_count


@dataclass(frozen=True)
class RunProgress:
    run: ScoringRun
    label: str
    done: int
    total: int
    ends_at: datetime | None


def progress_of_run() -> RunProgress | None:
    """How many parts of the run are done, and when the rest may be."""
    run = running_run()
    if run is None:
        return None
    parts = list(run.parts.values_list("step", "done_at", "seconds"))
    done = [seconds or 0.0 for _, done_at, seconds in parts if done_at]
    waiting = [step for step, done_at, _ in parts if not done_at]
    ends_at = None
    if done:
        # Writing is taken to last as long as comparing until some of it has been done.
        ends_at = timezone.now() + timedelta(seconds=sum(done) / len(done) * len(waiting) / LANES)
    label = PartStep.COMPARE.label if PartStep.COMPARE in waiting else PartStep.WRITE.label
    return RunProgress(run, str(label), len(done), len(parts), ends_at)
