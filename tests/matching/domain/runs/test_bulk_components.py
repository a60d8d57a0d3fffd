"""Pairs become the lists that scoring each need by itself makes."""

import json
from math import fsum

import numpy as np
import pytest

from matching.domain.runs.bulk_components import ComponentMaker, OfferFacts, best_first, offer_facts
from matching.models import Technology
from matching.scoring.bulk.pairs import NO_PAIRS, Pairs
from matching.scoring.score import combine, explained, signals_of
from matching.scoring.types import Columns, Need
from matching.scoring.weights import SCORERS, WEIGHTS
from tests.factories.catalogue import make_technologies

SCORER = SCORERS["v3"]
NOTHING = np.zeros(0, dtype=np.float32)
OFFER = OfferFacts("metals", 5, frozenset({"licence"}), frozenset({"ru"}))


def pairs_of(*rows: tuple[int, int, float]) -> Pairs:
    needs, technologies, scores = zip(*rows, strict=True)
    values = np.array(scores, dtype=np.float32)
    return Pairs(np.array(needs), np.array(technologies), values, values, np.zeros(len(values), dtype=np.float32))


def test_lists_are_by_score_then_by_technology_and_no_longer_than_kept() -> None:
    pairs = pairs_of((7, 3, 0.5), (7, 2, 0.5), (4, 9, 0.25), (7, 1, 0.75), (7, 8, 0.125), (5, 1, 1.0))
    found = best_first(pairs, {7: 3, 4: 5, 6: 5})
    assert {need: places.tolist() for need, places in found.items()} == {7: [3, 1, 0], 4: [2]}
    assert best_first(NO_PAIRS, {7: 3}) == {}


def test_scores_that_differ_in_the_last_digits_are_equal() -> None:
    pairs = pairs_of((1, 20, 0.5000001), (1, 10, 0.5))
    assert best_first(pairs, {1: 2})[1].tolist() == [1, 0]


@pytest.mark.parametrize("term_weight", [0.0, 4.0])
def test_components_are_those_of_one_need_scored_by_itself(term_weight: float) -> None:
    need = Need("ko", np.array([0.6, 0.8], dtype=np.float32), NOTHING, "metals", 7, frozenset({"licence", "other"}))
    whole = np.array([[0.8, 0.6]], dtype=np.float32)
    columns = Columns(
        ids=np.array([30]),
        wholes=whole,
        whole_rows=np.array([0]),
        passages=whole,
        passage_rows=np.array([0]),
        passage_ids=np.array([0]),
        whole_languages=np.array(["ru"]),
        passage_languages=np.array(["ru"]),
        fields=(OFFER.fields,),
        trls=(OFFER.trls,),
        transfer_modes=(OFFER.transfer_modes,),
        languages=(OFFER.languages,),
        term_weights=np.array([term_weight]),
    )
    signals = signals_of(need, columns, SCORER.formula)
    (alone,) = explained(signals, SCORER.weights, columns, [0])
    met = np.array([whole[0] @ need.whole], dtype=np.float32)
    pairs = Pairs(
        np.array([1]),
        np.array([30]),
        combine(signals, SCORER.weights).astype(np.float32),
        met,
        np.array([term_weight], dtype=np.float32),
    )
    (together,) = ComponentMaker(pairs, {30: OFFER}, SCORER.formula).listed(need, SCORER.weights, np.array([0]))
    assert (together.technology_id, together.score) == (30, pytest.approx(alone.score, abs=2e-6))
    parts = json.loads(together.components)
    assert [(part["code"], part["weight"]) for part in parts] == [
        (part["code"], part["weight"]) for part in alone.components
    ]
    for name in ("value", "contribution"):
        wanted = [part[name] for part in alone.components]
        assert [part[name] for part in parts] == pytest.approx(wanted, abs=2e-6)
    # The facts are told beside what is missing; pairs of texts are read when somebody looks.
    assert {part["code"]: part["evidence"].get("missing", "") for part in parts} == {
        part["code"]: part["evidence"].get("missing", "") for part in alone.components
    }


def test_facts_are_told_and_contributions_sum_to_the_score() -> None:
    need = Need("ko", NOTHING, NOTHING, "", 7, frozenset())
    pairs = pairs_of((1, 30, 0.5))
    (match,) = ComponentMaker(pairs, {30: OFFER}, SCORER.formula).listed(need, WEIGHTS["v1"], np.array([0]))
    parts = {part["code"]: part for part in json.loads(match.components)}
    assert match.score == fsum(part["contribution"] for part in parts.values())
    assert {code: parts[code]["evidence"] for code in ("field", "readiness", "shared_terms")} == {
        "field": {"need": "", "offer": "metals", "missing": "need"},
        "readiness": {"wanted": 7, "offered": 5},
        "shared_terms": {"missing": "script"},
    }


def test_technology_deleted_since_is_left_out() -> None:
    need = Need("ko", NOTHING, NOTHING)
    maker = ComponentMaker(pairs_of((1, 30, 0.5), (1, 31, 0.25)), {31: OFFER}, SCORER.formula)
    assert [match.technology_id for match in maker.listed(need, SCORER.weights, np.array([0, 1]))] == [31]


@pytest.mark.django_db
def test_facts_of_offers_are_those_of_their_rows_and_indexed_languages(fake_embedder) -> None:
    ids = make_technologies(5)
    encoder = Technology.objects.get(pk=ids[0]).index_records.get().encoder
    rows = Technology.objects.filter(pk__in=ids[1:]).prefetch_related("texts")
    assert offer_facts(ids[1:], encoder=encoder) == {
        row.pk: OfferFacts(
            row.field, row.trl, frozenset(row.transfer_modes), frozenset(text.language for text in row.texts.all())
        )
        for row in rows
    }
    assert offer_facts([], encoder=encoder) == {}
