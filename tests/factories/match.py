from typing import Any

import factory
from django.utils import timezone

from matching.models import Demand, Match, ScoringRecord
from matching.scoring.weights import CURRENT, WEIGHTS
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory

SCORER = "v1+test"


def components() -> list[dict[str, Any]]:
    """Parts of every kind: with evidence, without data, below what is wanted. They add up to 0.60."""
    return [
        {"code": "meaning", "value": 0.8, "weight": 0.5, "contribution": 0.4, "evidence": {"pairs": [pair()]}},
        {
            "code": "shared_terms",
            "value": 0.5,
            "weight": 0.2,
            "contribution": 0.1,
            "evidence": {"terms": [{"term": "철심", "audience": 0}]},
        },
        {
            "code": "field",
            "value": 0.5,
            "weight": 0.1,
            "contribution": 0.05,
            "evidence": {"missing": "offer"},
        },
        {
            "code": "readiness",
            "value": 0.5,
            "weight": 0.1,
            "contribution": 0.05,
            "evidence": {"wanted": 8, "offered": 6},
        },
    ]


def pair(**changes: Any) -> dict[str, Any]:
    return {
        "need_text": "변압기 철심에서 열이 많이 납니다.",
        "need_lang": "ko",
        "offer_text": "Потери на перемагничивание ниже в три раза.",
        "offer_lang": "ru",
        "offer_audience": 1,
        "similarity": 0.8,
    } | changes


class MatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Match

    technology = factory.SubFactory(TechnologyFactory)
    demand = factory.SubFactory(DemandFactory)
    score = 0.6
    components = factory.LazyFunction(components)
    scorer_version = SCORER
    scored_at = factory.LazyFunction(timezone.now)


def make_scored(demand: Demand, **values: float) -> Match:
    """By the code's own scorer; the value of a part that is not named is a half."""
    parts: list[dict[str, Any]] = [
        {"code": code, "value": values.get(code, 0.5), "weight": weight, "evidence": {"missing": "both"}}
        for code, weight in WEIGHTS[CURRENT].items()
    ]
    parts = [{**part, "contribution": part["weight"] * part["value"]} for part in parts]
    score = sum(part["contribution"] for part in parts)
    return MatchFactory(demand=demand, components=parts, score=score, scorer_version=f"{CURRENT}-test-0")


def record_scoring(**need: Any) -> ScoringRecord:
    """The worker has scored this need and has read its technologies: record_scoring(demand=demand)."""
    (row,) = need.values()
    for match in row.matches.select_related("technology"):
        write_record(technology=match.technology)
    return write_record(**need)


def write_record(**owner: Any) -> ScoringRecord:
    (row,) = owner.values()
    return ScoringRecord.objects.update_or_create(
        **owner,
        defaults={
            "revision": row.revision,
            "scorer_version": SCORER,
            "candidates": 3,
            "scored_at": timezone.now(),
        },
    )[0]
