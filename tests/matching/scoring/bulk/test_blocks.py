"""Needs and technologies laid out for many comparisons at once."""

import numpy as np

from matching.scoring.bulk.blocks import Block, Needs, TextVectors
from matching.scoring.types import Need

NO_VECTORS = np.zeros((0, 2), dtype=np.float32)


def need(**facts: object) -> Need:
    return Need(language="ko", whole=NO_VECTORS, passages=NO_VECTORS, **facts)  # type: ignore[arg-type]


def needs(*facts: Need, terms: tuple[int, ...] = ()) -> Needs:
    return Needs(
        facts=facts,
        wholes={},
        probes={},
        are_silent=np.zeros(len(facts), dtype=bool),
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
    block = Block(np.array([7, 9]), [], nothing, [], ["", ""], [None, None], [], [], nothing, nothing)
    assert (len(needs(need(), need(), need())), len(block)) == (3, 2)


def layers(rows: list[int], languages: list[str], count: int) -> list[tuple[str, list[int], list[int], bool]]:
    """Texts numbered from 10 on, laid out for a block of `count` technologies: what lies in each layer, and where."""
    vectors = np.arange(10, 10 + len(rows), dtype=np.float32)[:, None]
    texts = TextVectors(vectors, np.array(rows, dtype=np.int64), np.array(languages, dtype=np.str_))
    order = np.empty(count, dtype=np.int64)
    order[texts.sequence(count)] = np.arange(count)
    return [
        (layer.language, layer.vectors.ravel().tolist(), np.arange(count)[layer.columns].tolist(), layer.is_first)
        for layer in texts.layers(order)
    ]


def test_passages_lie_by_position_those_with_the_most_first() -> None:
    assert layers([0, 1, 1, 1, 2, 2], ["ru"] * 6, 3) == [
        ("ru", [11, 14, 10], [0, 1, 2], True),
        ("ru", [12, 15], [0, 1], False),
        ("ru", [13], [0], False),
    ]


def test_technologies_lie_by_their_main_language_with_what_they_say_in_others_last() -> None:
    # The first is Russian with one Korean passage, the second Korean, the third Russian.
    assert layers([0, 0, 0, 1, 2], ["ru", "ko", "ru", "ko", "ru"], 3) == [
        ("ko", [13], [0], True),
        ("ru", [10, 14], [1, 2], True),
        ("ru", [12], [1], False),
        ("ko", [11], [1], False),
    ]


def test_layer_without_gaps_is_a_slice_that_is_read_in_place() -> None:
    texts = TextVectors(np.zeros((3, 1), np.float32), np.array([0, 1, 2]), np.array(["ru", "ko", "ru"], dtype=np.str_))
    assert [layer.columns for layer in texts.layers(np.arange(3))][0] == slice(1, 2)
    assert isinstance(texts.layers(np.arange(3))[1].columns, np.ndarray)


def test_technologies_without_passages_are_passed_over() -> None:
    assert layers([0, 2], ["en", "en"], 3) == [("en", [10, 11], [0, 1], True)]
    assert layers([1, 1, 2], ["en"] * 3, 3) == [("en", [10, 12], [0, 1], True), ("en", [11], [0], False)]


def test_nothing_laid_out_is_nothing() -> None:
    assert layers([], [], 0) == []
