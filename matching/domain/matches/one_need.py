"""A need × technologies → its scores, as the worker finds them. Reads the database and writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.domain.finding.candidates import are_for_all, best_by_words, columns_of, terms_shared_with_all
from matching.domain.finding.nearest import by_vector
from matching.domain.index.need_reading import need_texts
from matching.domain.matches.scorers import active_scorer
from matching.models import CompanyNeed, Feedback, IndexRecord
from matching.scoring.components import plain_evidence
from matching.scoring.language.notions import all_lexemes
from matching.scoring.score import combine, explained, ranking, signals_of
from matching.scoring.space import Space
from matching.scoring.types import Columns, MatchScore, Need, Vector
from matching.scoring.weights import Scorer, Shares, weights_for

KEPT = 50


@dataclass(frozen=True)
class ScoringJob:
    """A need as it is read from the database, ready to be scored."""

    row: CompanyNeed
    need: Need
    lexemes: tuple[str, ...]
    scorer: Scorer


@dataclass(frozen=True)
class ScoredNeed:
    """The list of a need, best first, and what it was chosen from: lexeme → its weight for this need."""

    matches: Sequence[MatchScore] = ()
    candidates_count: int = 0
    term_weights: Mapping[str, float] = field(default_factory=dict)


NOTHING_FOUND = ScoredNeed()


def job_of(row: CompanyNeed, space: Space, scorer: Scorer | None = None) -> ScoringJob | None:
    """None when the need is not indexed, or says nothing."""
    scorer = scorer or active_scorer()
    record = IndexRecord.objects.filter(**row.as_owner, encoder=space.encoder).first()
    whole = record.wholes.first() if record else None
    if record is None or whole is None or not any(whole.vector):
        return None
    language, vectors = whole.language, np.array([whole.vector], dtype=np.float32)
    text = need_texts([row], space.encoder)[row.need_key]
    found = tuple(lexeme for lexeme in all_lexemes(text) if scorer.knows(lexeme))
    whole_placed = space.place(vectors, side="need", kind="whole", language=language)[0]
    need = Need(
        language=language,
        whole=whole_placed,
        # Its passages are for those who ask why: see evidence.py.
        passages=np.zeros((0, 0), dtype=np.float32),
        field=row.field,
        minimum_trl=row.minimum_trl,
        transfer_modes=frozenset(row.transfer_modes),
        has_terms_for_all=are_for_all(found),
        toward=_toward(record, whole_placed, space, scorer.formula.shares),
    )
    return ScoringJob(row, need, found, scorer)


def _toward(record: IndexRecord, own: Vector, space: Space, shares: Shares | None) -> dict[str, Vector]:
    """What texts of each other language are compared with, where the need could be said in it."""
    found = {}
    for row in record.pseudo_translations.all() if shares else ():
        if shares and space.knows("mix", "whole", row.language):
            parts = (
                space.place(np.array([raw], dtype=np.float32), side=part, kind="whole", language=row.language)[0]
                for part, raw in (("mix", row.mix), ("names", row.names))
            )
            found[row.language] = shares.joined(own, *parts)
    return found


def score(job: ScoringJob, space: Space, minimum: float | None = None) -> ScoredNeed:
    """`minimum`: what it takes to be listed by the scorer's own weights, unless its formula is to say."""
    shared = terms_shared_with_all(job.lexemes)
    ids = {*by_vector(space, job.need.by_language), *best_by_words(shared)}
    least = job.scorer.formula.least_score if minimum is None else minimum
    matches = scored_columns(job, columns_of(ids, space=space, shared=shared), least)
    return ScoredNeed(matches, len(ids), shared.of_need)


def scored_columns(job: ScoringJob, columns: Columns, minimum: float) -> list[MatchScore]:
    if not len(columns):
        return []
    weights = weights_for(job.row.preferences, job.scorer.weights)
    signals = signals_of(job.need, columns, job.scorer.formula)
    # Preferences put the list in another order; whether a pair is chance is judged without them.
    is_listed = combine(signals, job.scorer.listing) >= minimum
    scores = np.where(is_listed, combine(signals, weights), -1.0)
    rows = ranking(scores, columns, keep=_most_kept(job.row), minimum=0.0)
    scored = explained(signals, weights, columns, rows)
    for match in scored:
        facts = plain_evidence(job.need, columns, match.row)
        for component in match.components:
            component["evidence"] = {**facts.get(component["code"], {}), **component["evidence"]}
    return scored


def _most_kept(row: CompanyNeed) -> int:
    """What is marked not relevant stays out of sight and takes nobody's place."""
    return KEPT + Feedback.objects.in_force().of(row).count()
