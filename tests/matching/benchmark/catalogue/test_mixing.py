"""Rows of a load: combined from real ones, the same for the same seed."""

import numpy as np
import pytest

from matching.benchmark.catalogue.mixing import NOISE, Mix
from matching.benchmark.catalogue.texts import Document, Encoded
from matching.enums import Audience, TransferMode


def encoded(*, passages: int = 8) -> Encoded:
    """Three Russian offers: row 0 is the title of the first, rows 1 to `passages` are its passages, and so on."""
    documents = [
        Document("offer", "ru", f"title {d}", tuple(f"passage {d}.{n}" for n in range(passages))) for d in range(3)
    ]
    texts = [text for each in documents for text in (each.title, *each.passages)]
    return Encoded(
        documents=documents,
        groups={("offer", "ru"): [0, 1, 2]},
        texts=texts,
        row_of={text: row for row, text in enumerate(texts)},
        vectors=np.zeros((len(texts), 4), dtype=np.float32),
        wholes=np.zeros((3, 8), dtype=np.float32),
        lexemes=[frozenset() for _ in texts],
    )


def test_the_same_seed_draws_the_same() -> None:
    def drawn(seed: int) -> list[object]:
        mix = Mix(encoded(), seed)
        return [(mix.disclosure(), mix.facts("trl"), mix.combined([0, 1, 2], "ru", Audience.NDA)) for _ in range(5)]

    assert drawn(1) == drawn(1) != drawn(2)


def test_groups_that_are_there_take_the_share_of_those_that_are_not() -> None:
    groups = {("offer", "ru"): [0], ("offer", "en"): [1], ("rare", "ko"): [2]}
    names = Mix(encoded(), 1).drawn(groups, 8500)
    assert [round(names.count(name) / 1000, 1) for name in groups] == [5.0, 3.0, 0.5]


def test_public_reads_the_title_and_two_passages_and_others_all() -> None:
    row = Mix(encoded(), 1).combined([0, 1, 2], "ru", Audience.NDA, passages=(6, 6))
    public, details = row.texts[Audience.PUBLIC], row.texts[Audience.NDA]
    assert (list(row.texts), public) == ([Audience.PUBLIC, Audience.NDA], details[:3])
    assert (row.title, public[0]) == (9 * row.parents[0], row.title)
    assert len(details) == len(set(details)) == 1 + 6
    assert {text // 9 for text in details} == set(row.parents)


def test_what_the_public_does_not_read_has_its_title_too() -> None:
    row = Mix(encoded(), 1).combined([1], "ru", Audience.CENTRE, public=0, passages=(2, 2))
    assert (list(row.texts), row.title, row.parents) == ([Audience.CENTRE], 9, [1])
    assert (row.texts[Audience.CENTRE][0], len(row.texts[Audience.CENTRE])) == (9, 3)


def test_a_title_that_is_a_passage_too_stands_there_once() -> None:
    found = encoded(passages=1)
    same = Document("offer", "ru", "title 0", ("title 0", "passage 0.0"))
    mix = Mix(Encoded(**{**vars(found), "documents": [same]}), 1)
    row = mix.combined([0], "ru", Audience.PUBLIC, passages=(2, 2))
    assert row.texts == {Audience.PUBLIC: [0, 1]}


def test_facts_are_of_the_scale_or_unknown() -> None:
    facts = [Mix(encoded(), seed).facts("minimum_trl") for seed in range(200)]
    assert {fact["minimum_trl"] for fact in facts} == {None, *range(1, 10)}
    assert {len(fact["transfer_modes"]) for fact in facts} == {0, 1, 2, 3}
    assert all(len(set(fact["transfer_modes"])) == len(fact["transfer_modes"]) for fact in facts)
    assert {mode for fact in facts for mode in fact["transfer_modes"]} == set(TransferMode.values)


def test_noise_keeps_equal_vectors_near_but_not_equal() -> None:
    vectors = np.tile(np.eye(1, 256, dtype=np.float32), (50, 1))
    made = [np.frombuffer(data, dtype=">f2").astype(np.float32) for data in Mix(encoded(), 1).with_noise(vectors)]
    assert len({row.tobytes() for row in made}) == len(made) == 50
    assert np.linalg.norm(np.array(made) - vectors, axis=1).mean() == pytest.approx(NOISE, rel=0.1)
