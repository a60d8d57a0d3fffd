"""What waits for the worker, and since when. Read only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from matching.domain.index import indexing
from matching.domain.intake.technology_imports import UNFINISHED
from matching.domain.matches import matchmaking
from matching.models import EmbeddingSpace, IndexState, TechnologyImport


@dataclass(frozen=True)
class WaitingWork:
    """`code` names the kind of work; `oldest_at` is when the oldest of it was last changed by somebody."""

    code: str
    count: int
    oldest_at: datetime | None


def waiting_work() -> list[WaitingWork]:
    encoder = indexing.index_encoder()
    work = [
        _waiting(f"{owner}_index", indexing.stale(owner=owner, encoder=encoder).filter(failures=0), owner)
        for owner in indexing.OWNERS
    ]
    # The first space takes a while to make, which is not for a page to do.
    if EmbeddingSpace.objects.filter(encoder=encoder).exists():
        needs = matchmaking.stale_needs()
        work.append(_waiting("demand_scores", needs.filter(demand__isnull=False), "demand"))
        work.append(_waiting("profile_scores", needs.filter(profile__isnull=False), "profile"))
    technologies = matchmaking.unscored_technologies()
    work.append(WaitingWork("technology_scores", technologies.count(), _oldest(technologies, "updated_at")))
    imports = TechnologyImport.objects.filter(state__in=UNFINISHED)
    work.append(WaitingWork("imports", imports.count(), _oldest(imports, "created_at")))
    return work


def unreadable_counts() -> dict[str, int]:
    """Rows that could not be indexed, by kind: they are tried again, last of all."""
    encoder = indexing.index_encoder()
    stale = {owner: indexing.stale(owner=owner, encoder=encoder) for owner in indexing.OWNERS}
    return {owner: rows.filter(failures__gt=0).count() for owner, rows in stale.items()}


def encoder_problem() -> str:
    return IndexState.objects.values_list("problem", flat=True).first() or ""


def _waiting(code: str, rows: QuerySet[Any], owner: str) -> WaitingWork:
    return WaitingWork(code, rows.count(), _oldest(rows, f"{owner}__updated_at"))


def _oldest(rows: QuerySet[Any], name: str) -> datetime | None:
    found: datetime | None = rows.order_by().aggregate(oldest=Min(name))["oldest"]
    return found
