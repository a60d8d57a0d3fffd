"""One new demand among all technologies: what its company waits for."""

import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils import timezone

from matching.benchmark.catalogue.texts import Document, Say
from matching.benchmark.machine import ratio, seconds_of
from matching.benchmark.measures import peers
from matching.domain import sweeping
from matching.domain.finding.candidates import terms_shared_with_all
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking, one_need
from matching.domain.matches.scorers import active_scorer
from matching.domain.texts.indexed_texts import vector_texts
from matching.domain.texts.need_texts import need_parts
from matching.embedding import get_embedder
from matching.enums import LISTS_FOR, DemandState
from matching.models import Demand, Match, ScoringRecord
from matching.scoring.score import combine, signals_of

SCANNED = 200


def measure(documents: Sequence[Document], *, demands: int, seed: int, say: Say) -> dict[str, Any]:
    """In turn with the peer, so that both have the same machine."""
    _settle()
    texts = _texts(documents, demands + 1, seed)
    ours: list[float] = []
    encoding: list[float] = []
    scans: dict[str, list[float]] = {"whole": [], "passage": []}
    made: list[Demand] = []
    for number, (title, problem) in enumerate(texts):
        demand = _new_demand(title, problem)
        seconds, _ = seconds_of(sweeping.sweep_needs)
        bare = _bare(demand)
        # The first one loads what every later one finds loaded.
        if number:
            ours.append(seconds)
            encoding.append(bare.pop("encoding"))
            for kind in scans:
                scans[kind].append(bare[kind])
            made.append(demand)
        say(f"new demand: {number} of {demands}")
    say("new demand: comparing with every technology")
    result = _result(ours, encoding, scans) | {"recall_at_50": _recall(made)}
    Demand.objects.filter(id__in=[demand.pk for demand in made]).delete()
    return result


def _settle() -> None:
    """As after a full rescoring: nothing else waits for the worker."""
    matchmaking.add_missing_records()
    version = matchmaking.scorer_version(current_space(index_encoder()))
    ScoringRecord.objects.filter(demand__isnull=False).update(scorer_version=version, revision=1)


def _texts(documents: Sequence[Document], count: int, seed: int) -> list[tuple[str, str]]:
    """Needs of two documents each, in a mixture that is not in the load."""
    random = np.random.default_rng(seed + 1)
    needs = [each for each in documents if each.kind != "offer"] or list(documents)
    found = []
    for _ in range(count):
        first, second = (needs[int(i)] for i in random.integers(len(needs), size=2))
        found.append((first.title, "\n".join([*first.passages[:3], *second.passages[:2]])))
    return found


def _new_demand(title: str, problem: str) -> Demand:
    company = Demand.objects.values_list("organisation_id", flat=True).order_by("id")[0]
    return Demand.objects.create(
        organisation_id=company,
        title=title,
        problem=problem,
        field="metals",
        minimum_trl=5,
        state=DemandState.OPEN,
        opened_at=timezone.now(),
    )


def _bare(demand: Demand) -> dict[str, float]:
    """Encoding the same texts, and one exact scan of the same vectors: whole texts and passages."""
    cut = vector_texts(need_parts(demand))
    wholes = [piece.text for piece in cut if not piece.position]
    passages = [piece.text for piece in cut if piece.position]
    encoding, (vectors, _) = seconds_of(lambda: (get_embedder().encode_wholes(wholes), get_embedder().encode(passages)))
    size = get_embedder().dimension
    whole, _ = seconds_of(lambda: peers.pgvector_nearest("whole", vectors[0], SCANNED))
    passage, _ = seconds_of(lambda: peers.pgvector_nearest("passage", vectors[0][:size], SCANNED))
    return {"encoding": encoding, "whole": whole, "passage": passage}


def _result(ours: list[float], encoding: list[float], scans: dict[str, list[float]]) -> dict[str, Any]:
    bare = [sum(parts) for parts in zip(encoding, *scans.values(), strict=True)]
    return {
        "demands": len(ours),
        "median_seconds": round(statistics.median(ours), 3),
        "bare_median_seconds": round(statistics.median(bare), 3),
        "bare_is": "encoding the demand, one exact pgvector scan of all whole texts and one of all passages",
        "encoding_median_seconds": round(statistics.median(encoding), 3),
        "scan_median_seconds": {kind: round(statistics.median(found), 3) for kind, found in scans.items()},
        "ratio": ratio(statistics.median(ours), statistics.median(bare)),
    }


def _recall(demands: Sequence[Demand]) -> float | None:
    """Of the 50 that are best when all technologies are compared, how many the stored matches have."""
    space = current_space(index_encoder())
    scorer = active_scorer()
    jobs = {demand.pk: one_need.job_of(demand, space) for demand in demands}
    shared = {pk: terms_shared_with_all(job.lexemes) for pk, job in jobs.items() if job}
    best: dict[int, dict[int, float]] = {pk: {} for pk in shared}
    for columns in peers.everything(space, audience=LISTS_FOR):
        for pk, terms in shared.items():
            weights = np.array([terms.weights.get(i, 0.0) for i in columns.ids.tolist()])
            signals = signals_of(jobs[pk].need, replace(columns, term_weights=weights), scorer.formula)
            scores = combine(signals, scorer.weights)
            best[pk] |= zip(columns.ids.tolist(), scores.tolist(), strict=True)
    shares = []
    for pk, found in best.items():
        best_first = sorted(found, key=lambda i: (-found[i], i))
        exact = [i for i in best_first[: peers.KEPT] if found[i] >= scorer.formula.least_score]
        stored = set(Match.objects.filter(demand=pk).values_list("technology_id", flat=True))
        if exact:
            shares.append(len(stored.intersection(exact)) / len(exact))
    return round(float(np.mean(shares)), 4) if shares else None
