"""Pairs worth keeping, and the score that the next one has to reach."""

from collections.abc import Sequence

import numpy as np

from matching.scoring.bulk.pairs import FAR, NO_PAIRS, Floors, Pairs


def pairs_of(needs: Sequence[int], scores: Sequence[float]) -> Pairs:
    """Technology, similarity and weight of terms tell which pair it was."""
    values = np.array(scores, dtype=np.float32)
    return Pairs(np.array(needs, dtype=np.int64), np.arange(len(needs)) + 100, values, values + 1, values + 2)


def told(pairs: Pairs) -> list[tuple[float, ...]]:
    columns = (pairs.needs, pairs.technologies, pairs.scores, pairs.similarities, pairs.term_weights)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_chosen_pairs_keep_everything_that_is_known_of_them() -> None:
    pairs = pairs_of([0, 0, 3], [0.5, 0.25, 0.75])
    assert told(pairs.only(pairs.scores > 0.25)) == [(0, 100, 0.5, 1.5, 2.5), (3, 102, 0.75, 1.75, 2.75)]
    assert told(pairs.only(np.array([2, 0]))) == [(3, 102, 0.75, 1.75, 2.75), (0, 100, 0.5, 1.5, 2.5)]


def test_joined_pairs_stand_in_the_order_of_the_parts() -> None:
    joined = Pairs.joined([pairs_of([0], [0.5]), NO_PAIRS, pairs_of([2, 2], [0.25, 0.125])])
    assert told(joined) == [(0, 100, 0.5, 1.5, 2.5), (2, 100, 0.25, 1.25, 2.25), (2, 101, 0.125, 1.125, 2.125)]
    assert (len(joined), len(NO_PAIRS), told(NO_PAIRS)) == (3, 0, [])


def test_floor_of_a_need_is_the_last_score_that_it_keeps() -> None:
    floors = Floors(np.array([2, 3, 1]))
    assert floors.values.tolist() == [FAR] * 3
    floors.add(pairs_of([0, 0, 1], [0.5, 0.25, 0.75]))
    assert floors.values.tolist() == [0.25, FAR, FAR]
    floors.add(pairs_of([0, 1, 1, 2, 2], [0.375, 0.5, 1.0, 0.125, 0.25]))
    assert floors.values.tolist() == [0.375, 0.5, 0.25]


def test_worse_scores_and_no_scores_leave_the_floor() -> None:
    floors = Floors(np.array([1, 2]))
    floors.add(pairs_of([0, 1, 1], [0.5, 0.75, 0.25]))
    floors.add(pairs_of([0, 1], [0.125, 0.125]))
    floors.add(NO_PAIRS)
    assert floors.values.tolist() == [0.5, 0.25]


def test_floors_of_no_needs_are_none() -> None:
    assert Floors(np.zeros(0, dtype=np.int64)).values.tolist() == []
