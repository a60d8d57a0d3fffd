"""What waits for one person: reads of the page "My work"."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.domain.organisations.waiting import waiting_work
from accounts.enums import OrganisationKind
from accounts.models import Membership, Organisation, User
from matching.enums import ChangeState, DemandState, ImportState, TechnologyState
from matching.models import (
    CompanyProfile,
    Demand,
    IndexRecord,
    IndexState,
    Match,
    MatchRequest,
    ProposedChange,
    Technology,
    TechnologyImport,
)
from matching.models.feedback import listed
from matching.models.match import worth_reading
from matching.models.match_request import CLOSED_STATES
from projects.enums import TaskState
from projects.models import BudgetLine, ResearchTask

SHOWN = 10
EXPIRES_SOON = timedelta(days=60)
LATELY = timedelta(days=14)
UNFINISHED_IMPORTS = [
    ImportState.UPLOADED,
    ImportState.CHECKING,
    ImportState.CHECKED,
    ImportState.IMPORTING,
]


@dataclass(frozen=True)
class CompanyWork:
    organisation: Organisation
    demands: Sequence[Demand]
    requests: list[MatchRequest]
    # Steps of the way in, in order: organisation, profile, demand, matches, request.
    done: dict[str, bool]
    match_count: int

    @property
    def next_step(self) -> str:
        return next((code for code, is_done in self.done.items() if not is_done), "")


@dataclass(frozen=True)
class StaffWork:
    today: date
    requests: list[MatchRequest]
    waiting_count: int
    overdue_count: int
    in_review: list[Technology]
    expiring: list[Technology]
    imports: list[TechnologyImport]
    demands: list[Demand]
    # Published, and nobody is in charge of them, for example after an account was closed.
    ownerless_count: int
    index: "IndexWork | None" = None
    joins: list[Membership] = field(default_factory=list)
    # Changes of published profiles: those that this person may approve, and own ones that came back.
    changes: list[ProposedChange] = field(default_factory=list)
    changes_count: int = 0
    # Confirmations, changes of names and disputes that wait for the centre.
    undecided_count: int = 0


@dataclass(frozen=True)
class IndexWork:
    """The index while it is not what it should be: another encoder's grows, or the encoder cannot be had."""

    is_building: bool
    problem: str
    read_count: int
    technology_count: int


def organisations_of(*, user: User) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=user.organisation_ids).order_by("pk"))


def company_work(*, user: User, organisation: Organisation) -> CompanyWork:
    demands = list(
        Demand.objects.visible_to(user)
        .filter(organisation=organisation)
        .exclude(state=DemandState.CLOSED)
        .annotate(
            match_count=Count("matches", filter=listed("matches__") & worth_reading("matches__")),
        )
        .order_by("-pk")[:SHOWN]
    )
    best = _best_matches(demands)
    for demand in demands:
        demand.best_match = best.get(demand.pk)  # type: ignore[attr-defined]
    requests = list(_requests(MatchRequest.objects.filter(organisation=organisation)).order_by("-pk")[:SHOWN])
    own = Match.objects.visible_to(user).filter(listed(), worth_reading(), demand__organisation=organisation)
    profile = CompanyProfile.objects.filter(organisation=organisation).exclude(products="", capabilities="")
    done = {
        "organisation": True,
        "profile": profile.exists(),
        "demand": organisation.demands.exclude(state=DemandState.DRAFT).exists(),
        "matches": (match_count := own.count()) > 0 or bool(requests),
        "request": bool(requests),
    }
    return CompanyWork(organisation, demands, requests, done, match_count)


def _best_matches(demands: Sequence[Demand]) -> dict[int | None, Match]:
    rows = Match.objects.filter(listed(), worth_reading(), demand__in=demands).order_by("demand_id", "-score")
    return {match.demand_id: match for match in rows.distinct("demand_id").defer("components")}


def _requests(rows: QuerySet[MatchRequest]) -> QuerySet[MatchRequest]:
    return rows.select_related("organisation", "owner", "introduction").prefetch_related("technology__texts")


def partner_technologies(*, organisation: Organisation) -> list[Technology]:
    """The holder's technologies and what happened with them: drafts too, so for confirmed holders only."""
    if not organisation.is_confirmed:
        return []
    introduced = Q(match_requests__introduction__isnull=False)
    pending = Q(match_requests__isnull=False) & ~Q(match_requests__state__in=CLOSED_STATES)
    rows = organisation.technologies.prefetch_related("texts").annotate(
        request_count=Count("match_requests", distinct=True),
        pending_count=Count("match_requests", filter=pending, distinct=True),
        introduction_count=Count("match_requests", filter=introduced, distinct=True),
        task_count=Count("research_tasks", distinct=True),
    )
    return list(rows.order_by("-pk")[:100])


def is_offering(organisation: Organisation, technologies: list[Technology]) -> bool:
    """Institutes and universities offer; companies look for, unless they hold technologies too.

    Of one that is not confirmed nothing can be told, not even that there is nothing.
    """
    return bool(technologies) or (organisation.is_confirmed and organisation.kind != OrganisationKind.COMPANY)


def staff_work(*, user: User) -> StaffWork:
    today = timezone.localdate()
    pending = MatchRequest.objects.visible_to(user).pending()
    texts = Technology.objects.visible_to(user).with_texts().select_related("owner")
    # What has expired is on hold, and waits for the same decision.
    alive = (TechnologyState.PUBLISHED, TechnologyState.ON_HOLD)
    expiring = texts.filter(state__in=alive, expires_on__lte=today + EXPIRES_SOON)
    visible = ProposedChange.objects.visible_to(user)
    own = visible.filter(authors=user).values("pk")
    for_me = Q(state=ChangeState.OPEN) & ~Q(pk__in=own) | Q(state=ChangeState.RETURNED, pk__in=own)
    changes = visible.filter(for_me)
    opened = Demand.objects.visible_to(user).open().filter(opened_at__gte=timezone.now() - LATELY)
    return StaffWork(
        today=today,
        requests=list(_requests(MatchRequest.objects.pending()).order_by("due_on", "pk")[:SHOWN]),
        waiting_count=pending.count(),
        overdue_count=pending.filter(due_on__lt=today).count(),
        in_review=list(texts.filter(state=TechnologyState.IN_REVIEW).order_by("updated_at")[:SHOWN]),
        expiring=list(expiring.order_by("expires_on")[:SHOWN]),
        imports=list(TechnologyImport.objects.filter(state__in=UNFINISHED_IMPORTS).order_by("-pk")[:SHOWN]),
        demands=list(opened.select_related("organisation").order_by("-opened_at")[:SHOWN]),
        ownerless_count=texts.filter(state__in=alive, owner=None).count(),
        index=index_work(),
        changes=list(changes.prefetch_related("technology__texts", "authors").order_by("pk")[:SHOWN]),
        changes_count=changes.count(),
        undecided_count=waiting_work().count,
        joins=list(Membership.objects.pending().select_related("user", "organisation").order_by("pk")[:SHOWN]),
    )


def index_work() -> IndexWork | None:
    """None while all is well."""
    state = IndexState.objects.exclude(building="", problem="").first()
    if state is None:
        return None
    return IndexWork(
        is_building=bool(state.building),
        problem=state.problem,
        read_count=IndexRecord.objects.of_published().current().filter(encoder=state.building).count(),
        technology_count=Technology.objects.published().count(),
    )


def programme_figures(*, user: User) -> dict[str, Any]:
    """Running research tasks and their money, for programme managers."""
    running = ResearchTask.objects.visible_to(user).filter(state=TaskState.RUNNING)
    sums = BudgetLine.objects.filter(research_task__in=running).aggregate(
        planned=Sum("total_krw"), spent=Sum("spent_krw")
    )
    return {
        "running": list(running.order_by("ends_on")[:SHOWN]),
        "running_count": running.count(),
        "planned_krw": sums["planned"] or 0,
        "spent_krw": sums["spent"] or 0,
    }
