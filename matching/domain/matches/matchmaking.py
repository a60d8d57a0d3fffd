"""The matches of a need are written anew. With match_lists.py the only writer of Match and ScoringRecord."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder, index_need
from matching.domain.matches import one_need
from matching.domain.matches.one_need import NOTHING_FOUND, job_of, score
from matching.domain.matches.scorers import active_scorer, all_scorers
from matching.enums import DemandState, TechnologyState
from matching.models import CompanyNeed, CompanyProfile, Demand, Match, NeedKey, ScoringRecord, Technology
from matching.models.need import of_needs
from matching.scoring.score import reweighted
from matching.scoring.space import Space
from matching.scoring.types import MatchScore
from matching.scoring.weights import Scorer, ScorerStamp, weights_for

# So much of an index's name is kept with every score.
LONGEST_INDEX = 40


@dataclass(frozen=True)
class _Seen:
    """What a scoring saw, for its record."""

    revision: int
    scorer_version: str
    candidates: int = 0
    term_weights: Mapping[str, float] = field(default_factory=dict)


def scorer_version(space: Space, need: CompanyNeed | None = None, scorer: Scorer | None = None) -> str:
    """What made a score: weights, encoder, space, and after a "+" the need's own preferences."""
    stamp = ScorerStamp((scorer or active_scorer()).name, space.encoder[:LONGEST_INDEX], space.version)
    return str(stamp.bent_by(need.preferences) if need else stamp)


def score_demand(*, demand_id: int, minimum: float | None = None) -> list[Match]:
    return _score_need(Demand.objects.get(id=demand_id), minimum)


def score_profile(*, profile_id: int, minimum: float | None = None) -> list[Match]:
    return _score_need(CompanyProfile.objects.get(id=profile_id), minimum)


def _score_need(need: CompanyNeed, minimum: float | None) -> list[Match]:
    space, scorer = current_space(index_encoder()), active_scorer()
    version = scorer_version(space, need, scorer)
    index_need(need, encoder=space.encoder)
    job = job_of(need, space, scorer)
    found = score(job, space, minimum) if job else NOTHING_FOUND
    seen = _Seen(need.revision, version, found.candidates_count, found.term_weights)
    return _replace(need.as_owner, seen, found.matches)


@transaction.atomic
def _replace(owner: dict[str, Any], seen: _Seen, scored: Sequence[MatchScore]) -> list[Match]:
    """The new matches instead of the old, and the record of it, in one transaction."""
    _write_record(owner, seen)
    kept = _upsert(owner, seen.scorer_version, scored)
    Match.objects.filter(**owner).exclude(technology_id__in=[m.technology_id for m in scored]).delete()
    return kept


def _write_record(owner: dict[str, Any], seen: _Seen) -> None:
    ScoringRecord.objects.update_or_create(
        **owner,
        defaults={
            "revision": seen.revision,
            "scorer_version": seen.scorer_version,
            "candidates": seen.candidates,
            "term_weights": seen.term_weights,
            "scored_at": timezone.now(),
        },
    )


def _upsert(owner: dict[str, Any], version: str, scored: Sequence[MatchScore]) -> list[Match]:
    now = timezone.now()
    return Match.objects.bulk_create(
        [
            Match(
                **owner,
                technology_id=match.technology_id,
                score=match.score,
                components=match.components,
                scorer_version=version,
                scored_at=now,
            )
            for match in scored
        ],
        update_conflicts=True,
        unique_fields=[*owner, "technology"],
        update_fields=["score", "components", "scorer_version", "scored_at"],
    )


def reweigh(*, demand: Demand) -> None:
    """Stored matches under the demand's preferences as they are now, from the values they were scored with."""
    # A worker that scores this demand holds its record: first one, then the other.
    list(ScoringRecord.objects.select_for_update().filter(demand=demand))
    matches, scorers = [], all_scorers()
    for match in Match.objects.filter(demand=demand):
        stamp = ScorerStamp.read(match.scorer_version)
        scorer = scorers.get(stamp.scorer)
        # Weights that are no longer known: the worker will score these anew.
        if scorer and {part["code"] for part in match.components} <= scorer.weights.keys():
            weights = weights_for(demand.preferences, scorer.weights)
            match.score, match.components = reweighted(match.components, weights)
            match.scorer_version = str(stamp.bent_by(demand.preferences))
            matches.append(match)
    Match.objects.bulk_update(matches, ["score", "components", "scorer_version"])


def add_missing_records() -> None:
    """A row to lock for every need that is to be scored; revision 0 is older than any."""
    now = timezone.now()
    for owner, wanted in (("demand", Demand.objects.open()), ("profile", CompanyProfile.objects.all())):
        ids = wanted.filter(scoring_record__isnull=True).values_list("id", flat=True)[:5_000]
        ScoringRecord.objects.bulk_create(
            (ScoringRecord(**{f"{owner}_id": i}, revision=0, scorer_version="", scored_at=now) for i in ids),
            ignore_conflicts=True,
        )


def open_needs() -> QuerySet[ScoringRecord]:
    return ScoringRecord.objects.filter(Q(demand__state=DemandState.OPEN) | Q(profile__isnull=False))


def stale_needs() -> QuerySet[ScoringRecord]:
    """Those just written or changed first: somebody is waiting for them."""
    version = scorer_version(current_space(index_encoder()))
    changed = ~Q(revision=Coalesce("demand__revision", "profile__revision"))
    return (
        open_needs()
        .filter(changed | ~(Q(scorer_version=version) | Q(scorer_version__startswith=f"{version}+")))
        .order_by(Case(When(changed, then=0), default=1), "-id")
    )


def unscored_technologies() -> QuerySet[Technology]:
    """Published and indexed as they are now, but not yet compared with the needs."""
    return Technology.objects.published().filter(
        Q(scoring_record__isnull=True) | ~Q(scoring_record__revision=F("revision")),
        index_records__revision=F("revision"),
        index_records__encoder=index_encoder(),
    )


def score_anew(needs: QuerySet[ScoringRecord]) -> None:
    """Stale from now on: the worker makes their lists again."""
    needs.update(scorer_version="")


def _score_again_if_full(needs: Sequence[NeedKey]) -> None:
    """A full list that loses a member may have a better one outside."""
    lists = Match.objects.filter(of_needs(needs))
    counted = (
        lists.order_by().values("demand_id", "profile_id").annotate(kept=Count("id")).filter(kept__gte=one_need.KEPT)
    )
    for demand, profile, _ in counted.values_list("demand_id", "profile_id", "kept"):
        score_anew(ScoringRecord.objects.filter(demand=demand, profile=profile, technology=None))


@transaction.atomic
def drop_withdrawn() -> None:
    """What is no longer published has no matches; published again, it is scored again."""
    is_withdrawn = ~Q(technology__state=TechnologyState.PUBLISHED)
    lost = Match.objects.filter(is_withdrawn)
    needs = list(lost.values_list("demand_id", "profile_id").distinct())
    if needs:
        _score_again_if_full(needs)
        lost.delete()
    ScoringRecord.objects.filter(is_withdrawn, technology__isnull=False).delete()
