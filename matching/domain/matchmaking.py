"""Needs × technologies → matches. The only writer of Match and ScoringRecord."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from matching.domain.candidates import (
    best_by_words,
    by_vector,
    by_words,
    columns_of,
    is_distinctive,
)
from matching.domain.evidence import add_evidence
from matching.domain.indexing import index_encoder, index_need, need_parts
from matching.domain.scorers import active_scorer, all_scorers
from matching.domain.spaces import current_space
from matching.models import CompanyProfile, Demand, Feedback, IndexRecord, Match, ScoringRecord, Technology
from matching.scoring.notions import all_lexemes
from matching.scoring.score import combine, explained, ranking, reweighted, signals_of
from matching.scoring.space import Space
from matching.scoring.types import Columns, MatchScore, Need, Vectors
from matching.scoring.weights import Scorer, preferences_mark, scorer_name, weights_for

KEPT = 50
# Below this a pair is chance: it is not listed.
MINIMUM_SCORE = 0.40
MOST_NEEDS = 500


@dataclass(frozen=True)
class Job:
    """A need as it is read from the database, ready to be scored."""

    row: Demand | CompanyProfile
    owner: dict[str, Any]
    need: Need
    text: str
    lexemes: tuple[str, ...]
    scorer: Scorer


def scorer_version(space: Space, demand: Demand | None = None, scorer: Scorer | None = None) -> str:
    """What made a score: weights, encoder, space, and after a "+" the demand's own preferences."""
    mark = preferences_mark(demand.preferences) if demand else ""
    return f"{(scorer or active_scorer()).name}-{space.encoder[:40]}-{space.version}{mark}"


def score_demand(*, demand_id: int, minimum: float | None = None) -> list[Match]:
    demand = Demand.objects.get(id=demand_id)
    return _score_need(demand, {"demand": demand}, minimum)


def score_profile(*, profile_id: int, minimum: float | None = None) -> list[Match]:
    profile = CompanyProfile.objects.get(id=profile_id)
    return _score_need(profile, {"profile": profile}, minimum)


def _score_need(row: Demand | CompanyProfile, owner: dict[str, Any], minimum: float | None) -> list[Match]:
    space, scorer = current_space(index_encoder()), active_scorer()
    version = scorer_version(space, owner.get("demand"), scorer)
    index_need(row, encoder=space.encoder)
    job = _job(row, owner, space, scorer)
    if job is None:
        return _replace(owner, row.revision, version, [], considered=0)
    shared = by_words(job.lexemes)
    ids = {*by_vector(space, job.need.whole), *best_by_words(shared)}
    least = MINIMUM_SCORE if minimum is None else minimum
    scored = _scored(job, columns_of(ids, space=space, shared=shared), least)
    return _replace(owner, row.revision, version, scored, considered=len(ids))


def job_of(demand: Demand, space: Space, scorer: Scorer | None = None) -> Job | None:
    return _job(demand, {"demand": demand}, space, scorer or active_scorer())


def _job(row: Demand | CompanyProfile, owner: dict[str, Any], space: Space, scorer: Scorer) -> Job | None:
    """None when the need is not indexed, or says nothing."""
    record = IndexRecord.objects.filter(**owner, encoder=space.encoder).first()
    whole = record.wholes.first() if record else None
    if record is None or whole is None or not any(whole.vector):
        return None
    language = whole.language
    passages = list(record.passages.order_by("position").values_list("text", "vector"))
    text = "\n".join(part.text for part in need_parts(row))
    found = tuple(lexeme for lexeme in all_lexemes(text) if scorer.knows(lexeme))
    need = Need(
        language=language,
        whole=_placed([whole.vector], "whole", language, space)[0],
        passages=_placed([vector for _, vector in passages], "passage", language, space),
        passage_texts=tuple(text for text, _ in passages),
        field=row.field,
        minimum_trl=row.minimum_trl if isinstance(row, Demand) else None,
        transfer_modes=frozenset(row.transfer_modes) if isinstance(row, Demand) else frozenset(),
        has_terms_for_all=any(term[0] in "exn" and is_distinctive(term) for term in found),
    )
    return Job(row, owner, need, text, found, scorer)


def _placed(vectors: Sequence[Sequence[float]], kind: str, language: str, space: Space) -> Vectors:
    return space.place(np.array(vectors, dtype=np.float32), side="need", kind=kind, language=language)


def _scored(job: Job, columns: Columns, minimum: float) -> list[MatchScore]:
    if not len(columns):
        return []
    usual = job.scorer.weights
    weights = weights_for(job.row.preferences if isinstance(job.row, Demand) else {}, usual)
    signals = signals_of(job.need, columns, job.scorer.formula)
    # Preferences put the list in another order; whether a pair is chance is judged without them.
    is_listed = combine(signals, usual) >= minimum
    scores = np.where(is_listed, combine(signals, weights), -1.0)
    rows = ranking(scores, columns, keep=_kept(job.row), minimum=0.0)
    scored = explained(signals, weights, columns, rows)
    add_evidence(scored, need=job.need, text=job.text, wanted=job.lexemes, columns=columns)
    return scored


def _kept(row: Demand | CompanyProfile) -> int:
    """What is marked not relevant stays out of sight and takes nobody's place."""
    return KEPT + Feedback.objects.in_force().of(row).count()


@transaction.atomic
def _replace(
    owner: dict[str, Any], revision: int, version: str, scored: Sequence[MatchScore], *, considered: int
) -> list[Match]:
    """The new matches instead of the old, and the record of it, in one transaction."""
    _write_record(owner, revision, version, considered)
    kept = _upsert(owner, version, scored)
    Match.objects.filter(**owner).exclude(technology_id__in=[m.technology_id for m in scored]).delete()
    return kept


def _write_record(owner: dict[str, Any], revision: int, version: str, considered: int) -> None:
    ScoringRecord.objects.update_or_create(
        **owner,
        defaults={
            "revision": revision,
            "scorer_version": version,
            "candidates": considered,
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
        made_with = match.scorer_version.partition("+")[0]
        scorer = scorers.get(scorer_name(made_with))
        # Weights that are no longer known: the worker will score these anew.
        if scorer and {part["code"] for part in match.components} <= scorer.weights.keys():
            weights = weights_for(demand.preferences, scorer.weights)
            match.score, match.components = reweighted(match.components, weights)
            match.scorer_version = made_with + preferences_mark(demand.preferences)
            matches.append(match)
    Match.objects.bulk_update(matches, ["score", "components", "scorer_version"])


def score_technology(*, technology_id: int) -> None:
    """Against every open need: better matches enter their lists, worse ones leave them."""
    technology = Technology.objects.get(id=technology_id)
    space, scorer = current_space(index_encoder()), active_scorer()
    needs = _open_needs()
    for row, owner in needs:
        job = _job(row, owner, space, scorer)
        if job is not None:
            _score_pair(job, technology, space)
    version = scorer_version(space, scorer=scorer)
    _write_record({"technology": technology}, technology.revision, version, len(needs))


def _open_needs() -> list[tuple[Demand | CompanyProfile, dict[str, Any]]]:
    demands = Demand.objects.open().filter(scoring_record__isnull=False).order_by("-id")[:MOST_NEEDS]
    profiles = CompanyProfile.objects.filter(scoring_record__isnull=False).order_by("-id")[:MOST_NEEDS]
    return [(row, {"demand": row}) for row in demands] + [(row, {"profile": row}) for row in profiles]


def _score_pair(job: Job, technology: Technology, space: Space) -> None:
    shared = by_words(job.lexemes)
    columns = columns_of([technology.id], space=space, shared=shared)
    scored = _scored(job, columns, MINIMUM_SCORE)
    with transaction.atomic():
        if scored:
            _upsert(job.owner, scorer_version(space, job.owner.get("demand"), job.scorer), scored)
        else:
            Match.objects.filter(**job.owner, technology=technology).delete()
        surplus = Match.objects.filter(**job.owner).ranked().values_list("id", flat=True)[_kept(job.row) :]
        Match.objects.filter(id__in=list(surplus)).delete()


def add_missing_records() -> None:
    """A row to lock for every need that is to be scored; revision 0 is older than any."""
    now = timezone.now()
    for owner, wanted in (("demand", Demand.objects.open()), ("profile", CompanyProfile.objects.all())):
        ids = wanted.filter(scoring_record__isnull=True).values_list("id", flat=True)[:5_000]
        ScoringRecord.objects.bulk_create(
            (ScoringRecord(**{f"{owner}_id": i}, revision=0, scorer_version="", scored_at=now) for i in ids),
            ignore_conflicts=True,
        )


def stale_needs() -> QuerySet[ScoringRecord]:
    """Those just written or changed first: somebody is waiting for them."""
    version = scorer_version(current_space(index_encoder()))
    changed = ~Q(revision=Coalesce("demand__revision", "profile__revision"))
    return (
        ScoringRecord.objects.filter(Q(demand__state="open") | Q(profile__isnull=False))
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


def score_changed(*, few: int) -> bool:
    """A few technologies one by one; after many, every need anew, once. True while work is left."""
    ids = list(unscored_technologies().order_by("id").values_list("id", flat=True)[: few + 1])
    if len(ids) > few:
        _score_all_needs_again()
        return True
    for technology_id in ids:
        score_technology(technology_id=technology_id)
    return False


@transaction.atomic
def _score_all_needs_again() -> None:
    version = scorer_version(current_space(index_encoder()))
    rows = [
        ScoringRecord(technology_id=i, revision=revision, scorer_version=version, scored_at=timezone.now())
        for i, revision in unscored_technologies().values_list("id", "revision")
    ]
    ScoringRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["technology"],
        update_fields=["revision", "scorer_version", "scored_at"],
        batch_size=2_000,
    )
    ScoringRecord.objects.filter(technology__isnull=True, revision__gt=0).update(scorer_version="")


def drop_withdrawn() -> None:
    """What is no longer published has no matches; published again, it is scored again."""
    is_withdrawn = ~Q(technology__state="published")
    Match.objects.filter(is_withdrawn).delete()
    ScoringRecord.objects.filter(is_withdrawn, technology__isnull=False).delete()
    ScoringRecord.objects.filter(demand__isnull=False).exclude(demand__state="open").delete()
