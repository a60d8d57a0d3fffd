"""How well the product ranks the documents of a benchmark folder, beside its parts alone.

Documents become published technologies and queries open demands, in empty copies of the tables
that are rolled back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from accounts.enums import Country, OrganisationKind
from accounts.models import Organisation
from kr_ru_platform.words.reading.folding import detect_language
from matching.benchmark.quality.folders import Folder
from matching.domain.finding.candidates import NO_TERMS, SharedTerms, columns_of, terms_shared_with_all
from matching.domain.index.embedding_spaces import current_space, read_vectors, refresh_space
from matching.domain.index.indexing import index_demands, index_encoder, index_technologies
from matching.domain.matches.matchmaking import score_demand
from matching.domain.matches.one_need import ScoringJob, job_of
from matching.domain.matches.scorers import active_scorer
from matching.enums import DemandState, DisclosureLevel, Provenance, TechnologyState
from matching.models import Demand, Technology, TechnologyText
from matching.scoring.answering import nothing_fits
from matching.scoring.language.notions import PREFIX
from matching.scoring.score import combine, signals_of
from matching.scoring.types import Columns, Values, Vectors
from matching.scoring.weights import CURRENT, FORMULAS, WEIGHTS

BATCH = 50
SHADOW = "evaluation"
# Places of rank fusion: the usual constant.
FUSION = 60
DEPTH = 100
# Parts that are scores, and by which formula one is told from chance; of the others nobody has said where chance ends.
LIMITED = {
    "weights and formula v1": "v1",
    "weights and formula v2": "v2",
    "every document compared, no candidates": CURRENT,
}

Progress = Callable[[str, int, int], None]
Rankings = dict[str, list[str]]


@dataclass
class Answers:
    """By query: the documents, best first; and the queries told that nothing fits (None: no rule tells it).

    `scored` is kept for the product alone: the documents with their raw scores.
    """

    rankings: Rankings = field(default_factory=dict)
    refused: set[str] | None = None
    scored: dict[str, list[tuple[str, float]]] = field(default_factory=dict)


@contextmanager
def shadow_database() -> Iterator[None]:
    """Empty copies of all tables, in front of the real ones, for one transaction that is rolled back.

    The server forgets them however the process ends.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SHADOW}")
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"CREATE TABLE {SHADOW}.{name} (LIKE public.{name} INCLUDING ALL)")
        cursor.execute(f"SET LOCAL search_path = {SHADOW}, public")
        yield
        transaction.set_rollback(True)


def index_documents(folder: Folder, progress: Progress) -> dict[int, str]:
    """Technology → document."""
    technologies = Technology.objects.bulk_create(
        Technology(
            state=TechnologyState.PUBLISHED,
            published_at=timezone.now(),
            disclosure=DisclosureLevel.PUBLIC,
            source_language=detect_language(text, "en"),
            external_id=key,
        )
        for key, text in folder.documents.items()
    )
    TechnologyText.objects.bulk_create(
        TechnologyText(
            technology=technology,
            language=technology.source_language,
            provenance=Provenance.SOURCE,
            title=folder.documents[technology.external_id][:300],
            description=folder.documents[technology.external_id],
        )
        for technology in technologies
    )
    ids = [technology.id for technology in technologies]
    for start in range(0, len(ids), BATCH):
        index_technologies(technology_ids=ids[start : start + BATCH])
        progress("documents", min(start + BATCH, len(ids)), len(ids))
    return {technology.id: technology.external_id for technology in technologies}


def rank(folder: Folder, documents: Mapping[int, str], progress: Progress) -> tuple[list[Demand], Answers]:
    """The product's own ranking of each query, as a demand would get it."""
    company = Organisation.objects.create(name_en="Evaluation", country=Country.KOREA, kind=OrganisationKind.COMPANY)
    demands = Demand.objects.bulk_create(
        Demand(
            organisation=company,
            external_id=key,
            language=detect_language(text, "en"),
            title=text[:300],
            problem=text,
            state=DemandState.OPEN,
        )
        for key, text in folder.queries.items()
    )
    _index_queries(folder, demands)
    scored: dict[str, list[tuple[str, float]]] = {}
    refused: set[str] = set()
    formula = active_scorer().formula
    for done, demand in enumerate(demands, start=1):
        matches = score_demand(demand_id=demand.id, minimum=0.0)
        scored[demand.external_id] = [(documents[match.technology_id], match.score) for match in matches]
        if nothing_fits([match.score for match in matches], formula):
            refused.add(demand.external_id)
        progress("queries", done, len(demands))
    rankings = {query: [document for document, _ in found] for query, found in scored.items()}
    return demands, Answers(rankings, refused, scored)


def _index_queries(folder: Folder, demands: Sequence[Demand]) -> None:
    """The space is made from what has an answer alone, so that the others move no figure of a ranking."""
    answered = [demand.id for demand in demands if demand.external_id not in folder.no_answer]
    index_demands(demand_ids=answered)
    refresh_space(encoder=index_encoder())
    index_demands(demand_ids=[demand.id for demand in demands if demand.id not in {*answered}])


def parts_alone(demands: Sequence[Demand], documents: Mapping[int, str]) -> dict[str, Answers]:
    """Name of a part → what it answers to every query, over all documents."""
    space = current_space(index_encoder())
    columns = columns_of(documents, space=space, shared=NO_TERMS)
    raw = _raw_wholes("technology_id", list(documents))
    needs = _raw_wholes("demand_id", [demand.id for demand in demands])
    found = {name: Answers(refused=set()) for name in LIMITED}
    for demand in demands:
        job = job_of(demand, space)
        scores = {"": np.zeros(0)} if job is None else _part_scores(job, columns)
        scores |= _encoders_alone(needs.get(demand.id), [raw.get(int(i)) for i in columns.ids], len(space.damping))
        for name, version in LIMITED.items():
            if nothing_fits(scores.get(name, np.zeros(0)), FORMULAS[version]):
                cast(set[str], found[name].refused).add(demand.external_id)
        for name, values in scores.items():
            if len(values) and values.max() > 0:
                best = np.lexsort((columns.ids, -values))[:DEPTH]
                kept = [documents[int(columns.ids[row])] for row in best if values[row] > 0]
                found.setdefault(name, Answers()).rankings[demand.external_id] = kept
    return found


def _part_scores(job: ScoringJob, columns: Columns) -> dict[str, Values]:
    notions = terms_shared_with_all([lexeme for lexeme in job.lexemes if lexeme.startswith(PREFIX)])
    words = terms_shared_with_all([lexeme for lexeme in job.lexemes if not lexeme.startswith(PREFIX)])
    now, before = _with(columns, terms_shared_with_all(job.lexemes)), _with(columns, words)
    meaning, terms, *_ = signals_of(job.need, now)
    return {
        "meaning only": meaning.values,
        "words only": before.term_weights,
        "notions only": _with(columns, notions).term_weights,
        "words and notions": now.term_weights,
        "rank fusion of meaning and terms": _fused(meaning.values, now.term_weights),
        "weights and formula v1": combine(signals_of(job.need, before, FORMULAS["v1"]), WEIGHTS["v1"]),
        "weights and formula v2": combine(signals_of(job.need, now, FORMULAS["v2"]), WEIGHTS["v2"]),
        "every document compared, no candidates": combine(signals_of(job.need, now), WEIGHTS[CURRENT]),
    }


def _with(columns: Columns, shared: SharedTerms) -> Columns:
    weights = np.array([shared.weights.get(int(i), 0.0) for i in columns.ids])
    return replace(columns, term_weights=weights)


def _fused(*parts: Values) -> Values:
    total = np.zeros(len(parts[0]))
    for values in parts:
        places = np.empty(len(values))
        places[np.argsort(-values, kind="stable")] = np.arange(len(values))
        total += np.where(values > 0, 1 / (FUSION + 1 + places), 0.0)
    return total


_WHOLES = """
SELECT r.{owner}, halfvec_send(w.vector)
  FROM matching_wholetext w JOIN matching_indexrecord r ON r.id = w.record_id
 WHERE r.{owner} = ANY(%s) ORDER BY w.id
"""


def _raw_wholes(owner: str, ids: list[int]) -> dict[int, Vectors]:
    with connection.cursor() as cursor:
        cursor.execute(_WHOLES.format(owner=owner), [ids])
        rows = cursor.fetchall()
    vectors = read_vectors([vector for _, vector in rows])
    return {row[0]: vector for row, vector in zip(rows, vectors, strict=True)}


def _encoders_alone(need: Vectors | None, wholes: list[Vectors | None], first: int) -> dict[str, Values]:
    """Plain cosines of the raw vectors: what each encoder gives without anything of ours."""
    if need is None:
        return {}
    table = np.stack([np.zeros_like(need) if whole is None else whole for whole in wholes])
    slices = {"first encoder alone": slice(0, first), "second encoder alone": slice(first, None)}
    return {name: 1 + table[:, part] @ need[part] for name, part in slices.items() if len(need[part])}
