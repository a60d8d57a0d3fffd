"""What would move: small cases counted by hand."""

from typing import Any

import pytest

from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import scorer_comparison
from matching.domain.matches.scorer_comparison import PlaceChange, ScorerComparison, compare_scorers, summary
from matching.domain.matches.scorers import as_scorer, switch_scorer
from matching.models import Demand, Match
from matching.scoring.scale import share_that_fits
from matching.scoring.score import score_of
from matching.scoring.weights import CURRENT, SCORERS, WEIGHTS, weights_for
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match import MatchFactory
from tests.factories.scorer import READY_FIRST, ScorerVersionFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep, sweep_needs

ACTIVE = SCORERS[CURRENT]
EVEN = dict.fromkeys(WEIGHTS[CURRENT], 0.5)


def test_lists_by_hand() -> None:
    before = {number: 0.9 - number / 100 for number in range(1, 13)}
    # 12 comes first, 1 goes behind all but one, 11 is no longer listed, 13 is new.
    after = {12: 0.95, **{n: before[n] for n in range(2, 11)}, 1: 0.5, 13: 0.45}
    same = {5: 0.8, 6: 0.6}
    found = summary([(1, before, after), (2, same, {5: 0.9, 6: 0.6})], left_out=3, is_scored=False)
    assert [(move.technology_id, move.before, move.after) for move in found.movers] == [(12, 12, 1), (1, 1, 11)]
    changes = [0.95 - before[12], 0.5 - before[1], 0.1] + [0.0] * 10
    assert found == ScorerComparison(
        demands_count=2,
        left_out_count=3,
        is_scored=False,
        first_changed_count=1,
        overlap=(0.9 + 1) / 2,
        entered_count=1,
        left_count=1,
        dropped_count=1,
        added_count=1,
        score_change=pytest.approx(sum(changes) / len(changes)),
        movers=found.movers,
    )
    assert (found.first_changed_percent, found.overlap_percent) == (50, 95)


def test_movers_count_from_behind_the_list_where_they_enter_or_leave_it() -> None:
    found = summary([(7, {1: 0.9, 2: 0.8}, {3: 0.9, 1: 0.7})], left_out=0, is_scored=True)
    assert found.movers == [
        PlaceChange(7, 3, None, 1, None, 0.9),
        PlaceChange(7, 2, 2, None, 0.8, None),
        PlaceChange(7, 1, 1, 2, 0.9, 0.7),
    ]
    assert [move.distance for move in found.movers] == [50, 49, 1]


def test_nothing_to_compare() -> None:
    found = summary([], left_out=0, is_scored=False)
    assert (found.demands_count, found.overlap, found.score_change, found.movers) == (0, 1.0, 0.0, [])
    assert found.first_changed_percent == 0


# From the values that are stored

pytestmark = pytest.mark.django_db


def stored(demand: Demand, *, version: str = CURRENT, technology: Any = None, **values: float) -> Match:
    parts = [{"code": code, "value": value, "evidence": {}} for code, value in (EVEN | values).items()]
    fields = {"technology": technology} if technology else {}
    return MatchFactory(demand=demand, components=parts, scorer_version=f"{version}-use/3-aaaa", **fields)


def seen(score: float) -> float:
    """What is shown of a score: the comparison speaks of that."""
    return share_that_fits(score, ACTIVE.formula)


def test_stored_values_are_put_in_both_orders() -> None:
    demand = DemandFactory()
    near = stored(demand, meaning=0.9, readiness=0.4).technology_id
    ready = stored(demand, meaning=0.5, readiness=0.9).technology_id
    found = compare_scorers(active=ACTIVE, other=as_scorer(ScorerVersionFactory()))
    assert (found.demands_count, found.first_changed_count, found.overlap) == (1, 1, 1.0)
    usual = {
        near: seen(0.5 + 0.4 * WEIGHTS[CURRENT]["meaning"] - 0.1 * WEIGHTS[CURRENT]["readiness"]),
        ready: seen(0.5 + 0.4 * WEIGHTS[CURRENT]["readiness"]),
    }
    new = {
        near: seen(0.5 + 0.4 * 0.05 - 0.1 * READY_FIRST["readiness"]),
        ready: seen(0.5 + 0.4 * READY_FIRST["readiness"]),
    }
    assert found.movers == [
        PlaceChange(demand.id, near, 1, 2, pytest.approx(usual[near]), pytest.approx(new[near])),
        PlaceChange(demand.id, ready, 2, 1, pytest.approx(usual[ready]), pytest.approx(new[ready])),
    ]
    assert found.score_change == pytest.approx((new[near] + new[ready] - usual[near] - usual[ready]) / 2)


def test_weights_of_the_same_formula_list_the_same() -> None:
    demand = DemandFactory()
    stored(demand, meaning=0.9, readiness=0.0)
    found = compare_scorers(active=ACTIVE, other=as_scorer(ScorerVersionFactory()))
    assert (found.dropped_count, found.left_count, found.first_changed_count) == (0, 0, 0)


def test_preferences_of_a_demand_bend_both_orders() -> None:
    demand = DemandFactory(preferences={"readiness": "less"})
    stored(demand, readiness=1.0)
    found = compare_scorers(active=ACTIVE, other=as_scorer(ScorerVersionFactory(weights=WEIGHTS[CURRENT])))
    assert (found.demands_count, found.score_change, found.movers) == (1, 0.0, [])
    halved = READY_FIRST["readiness"] / 2
    moved = compare_scorers(active=ACTIVE, other=as_scorer(ScorerVersionFactory()))
    share = halved / (halved + 0.05 * (len(EVEN) - 1))
    before = score_of(EVEN | {"readiness": 1.0}, weights_for(demand.preferences, ACTIVE.weights))
    assert moved.score_change == pytest.approx(seen(0.5 + 0.5 * share) - seen(before), abs=1e-5)


def test_demands_that_cannot_be_compared_are_counted() -> None:
    """Of another formula, without matches, closed; and what the company does not want to see."""
    stored(DemandFactory(), version="v1")
    DemandFactory()
    stored(DemandFactory(state="closed"))
    seen = stored(DemandFactory())
    mark = stored(seen.demand)
    FeedbackFactory(demand=seen.demand, technology=mark.technology)
    found = compare_scorers(active=ACTIVE, other=as_scorer(ScorerVersionFactory()))
    assert (found.demands_count, found.left_out_count, found.dropped_count + found.added_count) == (1, 2, 0)


def test_comparing_many_demands_takes_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    other = as_scorer(ScorerVersionFactory())
    stored(DemandFactory())
    for _ in range(2):
        with django_assert_num_queries(3):
            compare_scorers(active=ACTIVE, other=other)
        for _ in range(3):
            stored(DemandFactory())


# Scored for real


def test_another_formula_is_compared_by_real_scoring_and_nothing_is_written(
    fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_from(monkeypatch, 0.0)
    TechnologyFactory(trl=3), TechnologyFactory(trl=9)
    demand = DemandFactory(minimum_trl=9)
    sweep()
    before = list(Match.objects.order_by("id").values())
    shown_before = [match.shown for match in Match.objects.all()]
    found = compare_scorers(active=ACTIVE, other=SCORERS["v1"])
    assert (found.is_scored, found.demands_count, found.added_count, found.dropped_count) == (True, 1, 0, 0)
    assert list(Match.objects.order_by("id").values()) == before
    # After the switch the worker comes to the scores that the comparison has told.
    told = scorer_comparison._scored(demand, SCORERS["v1"], current_space(index_encoder()))
    switch_scorer(to="v1", by=UserFactory())
    sweep_needs()
    made = {match.technology_id: match.shown for match in Match.objects.ranked()}
    assert [*told.items()] == [*made.items()]
    change = sum(made.values()) - sum(shown_before)
    assert found.score_change == pytest.approx(change / 2, abs=1e-5)
    # What the company does not want to see is not compared.
    FeedbackFactory(demand=demand, technology_id=[*made][0])
    assert [*scorer_comparison._scored(demand, SCORERS["v1"], current_space(index_encoder()))] == [*made][1:]


def test_the_sample_ends_with_the_time(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer_comparison, "SECONDS", -1.0)
    stored(DemandFactory())
    found = compare_scorers(active=ACTIVE, other=SCORERS["v1"])
    assert (found.demands_count, found.left_out_count) == (0, 1)
