"""Many needs × many technologies give, pair by pair, what one need and its technologies give."""

from dataclasses import replace

import numpy as np
import pytest

from matching.scoring.bulk import comparing
from matching.scoring.bulk.blocks import Block, Needs, TextVectors
from matching.scoring.bulk.comparing import ListingBar, compare_all
from matching.scoring.bulk.pairs import FAR, Pairs
from matching.scoring.score import combine, signals_of
from matching.scoring.weights import CURRENT, SCORERS, Scorer, weights_for
from tests.matching.scoring.drawn import LANGUAGES, random_columns, random_need

NEEDS, TECHNOLOGIES, KEPT = 11, 60, 7
# Half of the needs have wishes of their own.
PREFERENCES = ({}, {"readiness": "more", "meaning": "less"})
FITTED = Scorer(f"{CURRENT}.1", CURRENT, {**dict.fromkeys(SCORERS[CURRENT].weights, 0.05), "readiness": 0.8})


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "NEEDS_AT_ONCE", 4)


class World:
    """Technologies and needs; some terms of each, which weigh the same for every need."""

    def __init__(self, seed: int, scorer: Scorer) -> None:
        rng = np.random.default_rng(seed)
        self.scorer = scorer
        self.columns = random_columns(rng, TECHNOLOGIES)
        self.needs = [random_need(rng) for _ in range(NEEDS)]
        self.weights = rng.uniform(0.5, 4.0, 30).astype(np.float32)
        self.terms_of_needs = [np.flatnonzero(rng.random(30) < 0.2) for _ in range(NEEDS)]
        self.terms_of_offers = [np.flatnonzero(rng.random(30) < 0.1) for _ in range(TECHNOLOGIES)]

    def own_weights(self, place: int) -> dict[str, float]:
        return dict(weights_for(PREFERENCES[place % 2], self.scorer.weights))

    def one_by_one(self, minimum: float) -> dict[tuple[int, int], float]:
        """The best of each need, scored by itself."""
        found = {}
        for place, need in enumerate(self.needs):
            shared = [np.intersect1d(self.terms_of_needs[place], terms) for terms in self.terms_of_offers]
            columns = replace(self.columns, term_weights=np.array([self.weights[terms].sum() for terms in shared]))
            signals = signals_of(need, columns, self.scorer.formula)
            is_listed = combine(signals, self.scorer.listing) >= minimum
            scores = np.where(is_listed, combine(signals, self.own_weights(place)), -1.0)
            best = np.argsort(-scores)[:KEPT]
            found |= {(place, int(columns.ids[row])): float(scores[row]) for row in best if is_listed[row]}
        return found

    def as_needs(self) -> Needs:
        wholes = {code: np.stack([need.whole_toward(code) for need in self.needs]) for code in LANGUAGES}
        return Needs(
            facts=self.needs,
            wholes=wholes,
            probes=wholes,
            are_silent=np.zeros(NEEDS, dtype=bool),
            term_starts=np.cumsum([0, *map(len, self.terms_of_needs)]),
            terms=np.concatenate(self.terms_of_needs),
            term_weights=self.weights[np.concatenate(self.terms_of_needs)],
            weights=[self.own_weights(place) for place in range(NEEDS)],
            keep=np.full(NEEDS, KEPT),
        )

    def as_block(self) -> Block:
        columns = self.columns
        passages = TextVectors(columns.passages, columns.passage_rows, columns.passage_languages)
        sequence = passages.sequence(len(columns))
        order = np.empty(len(columns), dtype=np.int64)
        order[sequence] = np.arange(len(columns))
        terms = [self.terms_of_offers[row] for row in sequence]
        return Block(
            ids=columns.ids[sequence],
            passages=passages.layers(order),
            short=np.flatnonzero(np.bincount(columns.passage_rows, minlength=len(columns))[sequence] < 2),
            wholes=TextVectors(columns.wholes, columns.whole_rows, columns.whole_languages).layers(order),
            fields=[columns.fields[row] for row in sequence],
            trls=[columns.trls[row] for row in sequence],
            transfer_modes=[columns.transfer_modes[row] for row in sequence],
            languages=[columns.languages[row] for row in sequence],
            terms=np.concatenate(terms),
            term_rows=np.repeat(np.arange(len(terms)), [len(found) for found in terms]),
        )


def scores_of(pairs: Pairs) -> dict[tuple[int, int], float]:
    return dict(
        zip(zip(pairs.needs.tolist(), pairs.technologies.tolist(), strict=True), pairs.scores.tolist(), strict=True)
    )


@pytest.mark.parametrize("scorer", [*SCORERS.values(), FITTED], ids=lambda scorer: scorer.name)
@pytest.mark.parametrize("seed", range(3))
def test_every_need_finds_what_it_finds_by_itself(seed: int, scorer: Scorer) -> None:
    world, anything = World(seed, scorer), np.full(NEEDS, FAR, dtype=np.float32)
    counts = []
    for minimum in (0.0, 0.7):
        found = scores_of(compare_all(world.as_needs(), world.as_block(), anything, ListingBar(scorer, minimum)))
        assert found == pytest.approx(world.one_by_one(minimum), abs=1e-5)
        counts.append(len(found))
    assert counts[0] == NEEDS * KEPT > counts[1] > 0


def test_floor_keeps_out_what_scores_less() -> None:
    world = World(0, SCORERS[CURRENT])
    everything = world.one_by_one(0.0)
    floors = np.full(NEEDS, float(np.median([*everything.values()])), dtype=np.float32)
    floors[3] = np.inf
    found = compare_all(world.as_needs(), world.as_block(), floors, ListingBar(world.scorer, 0.0))
    wanted = {(need, technology) for (need, technology), score in everything.items() if score >= floors[need]}
    assert 0 < len(wanted) < len(everything)
    assert set(scores_of(found)) == wanted


def test_nothing_compared_with_something_is_nothing() -> None:
    world = World(0, SCORERS[CURRENT])
    none = replace(world.as_block(), ids=np.zeros(0, dtype=np.int64))
    assert (
        len(compare_all(world.as_needs(), none, np.zeros(NEEDS, dtype=np.float32), ListingBar(world.scorer, 0.0))) == 0
    )


@pytest.mark.parametrize("most", [0, 1, 2])
def test_technologies_with_few_passages_are_compared_as_one_by_one(most: int) -> None:
    world = World(5, SCORERS[CURRENT])
    rows = world.columns.passage_rows
    places = np.array([int((rows[:place] == row).sum()) for place, row in enumerate(rows)])
    chosen = places < most
    world.columns = replace(
        world.columns,
        passages=world.columns.passages[chosen],
        passage_rows=rows[chosen],
        passage_ids=world.columns.passage_ids[chosen],
        passage_languages=world.columns.passage_languages[chosen],
    )
    anything = np.full(NEEDS, FAR, dtype=np.float32)
    found = scores_of(compare_all(world.as_needs(), world.as_block(), anything, ListingBar(world.scorer, 0.0)))
    assert found == pytest.approx(world.one_by_one(0.0), abs=1e-5)


@pytest.mark.parametrize("scorer", [SCORERS[CURRENT], FITTED], ids=["usual", "fitted"])
def test_needs_without_preferences_are_compared_as_one_by_one(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(6, scorer)
    monkeypatch.setattr(world, "own_weights", lambda place: dict(scorer.weights))
    anything = np.full(NEEDS, FAR, dtype=np.float32)
    found = scores_of(compare_all(world.as_needs(), world.as_block(), anything, ListingBar(scorer, 0.5)))
    assert found == pytest.approx(world.one_by_one(0.5), abs=1e-5)
