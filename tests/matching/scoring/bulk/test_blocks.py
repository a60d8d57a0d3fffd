"""Needs and technologies laid out for many comparisons at once."""

import numpy as np

from matching.scoring.bulk.blocks import Block, Needs, arranged
from matching.scoring.types import Need

NO_VECTORS = np.zeros((0, 2), dtype=np.float32)


def need(**facts: object) -> Need:
    return Need(language="ko", whole=NO_VECTORS, passages=NO_VECTORS, **facts)  # type: ignore[arg-type]


def needs(*facts: Need, terms: tuple[int, ...] = ()) -> Needs:
    return Needs(
        facts=facts,
        wholes=NO_VECTORS,
        probes=NO_VECTORS,
        term_starts=np.zeros(len(facts) + 1, dtype=np.int64),
        terms=np.array(terms, dtype=np.int64),
        term_weights=np.ones(len(terms), dtype=np.float32),
        weights=[{}] * len(facts),
        keep=np.ones(len(facts), dtype=np.int64),
    )


def test_facts_that_several_needs_share_are_there_once() -> None:
    metals, it = need(field="metals", minimum_trl=5), need(field="it", transfer_modes=frozenset({"licence"}))
    found = needs(metals, it, need(field="metals"), need(has_terms_for_all=True)).coded_facts
    assert {code: (facts, rows.tolist()) for code, (facts, rows) in found.items()} == {
        "field": ([("metals",), ("it",), ("",)], [0, 1, 0, 2]),
        "readiness": ([(5,), (None,)], [0, 1, 1, 1]),
        "transfer_modes": ([(frozenset(),), (frozenset({"licence"}),)], [0, 1, 0, 0]),
        "shared_terms": ([("ko", False), ("ko", True)], [0, 0, 0, 1]),
    }


def test_vocabulary_is_every_term_once_in_order() -> None:
    terms, which = needs(need(), need(), terms=(70, 5, 70, 8)).vocabulary
    assert (terms.tolist(), which.tolist()) == ([5, 8, 70], [2, 0, 2, 1])


def test_lengths_are_those_of_needs_and_of_technologies() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    block = Block(np.array([7, 9]), [], [], ["", ""], [None, None], [], [], nothing, nothing)
    assert (len(needs(need(), need(), need())), len(block)) == (3, 2)


def test_passages_are_arranged_by_position_those_with_the_most_first() -> None:
    vectors = np.array([[10], [20], [21], [22], [30], [31]], dtype=np.float32)
    # The second technology has most passages, then the third, then the first.
    found, rows = arranged(vectors, np.array([0, 1, 1, 1, 2, 2]), np.array([2, 0, 1]))
    assert [part.ravel().tolist() for part in found] == [[20, 30, 10], [21, 31], [22]]
    assert [part.tolist() for part in rows] == [[0, 1, 2], [0, 1], [0]]


def test_technologies_without_passages_are_passed_over() -> None:
    vectors = np.array([[10], [30]], dtype=np.float32)
    found, rows = arranged(vectors, np.array([0, 2]), np.array([1, 2, 0]))
    assert ([part.ravel().tolist() for part in found], [part.tolist() for part in rows]) == ([[30, 10]], [[0, 1]])


def test_first_technology_without_passages_takes_none_of_the_seconds() -> None:
    vectors = np.array([[20], [21], [30]], dtype=np.float32)
    found, rows = arranged(vectors, np.array([1, 1, 2]), np.array([2, 0, 1]))
    assert [part.ravel().tolist() for part in found] == [[20, 30], [21]]
    assert [part.tolist() for part in rows] == [[0, 1], [0]]


def test_nothing_arranged_is_nothing() -> None:
    assert arranged(NO_VECTORS, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)) == ([], [])
