"""Technologies by the thousand are read as they are read for one need."""

import struct
from collections.abc import Sequence

import numpy as np
import pytest

from matching.domain.finding.candidates import NO_TERMS, columns_of
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.runs.bulk_reading import read_block, read_numbers
from matching.enums import TechnologyState
from matching.models import Technology
from matching.scoring.bulk.blocks import Layer
from tests.factories.catalogue import make_technologies


def sent(*numbers: int) -> bytes:
    """As PostgreSQL sends an array of integers."""
    head = struct.pack(">iiiii", 1, 0, 23, len(numbers), 1)
    return head + b"".join(struct.pack(">ii", 4, number) for number in numbers)


def test_numbers_are_read_from_the_binary_form() -> None:
    assert read_numbers(sent(5, -7, 2**31 - 1)).tolist() == [5, -7, 2**31 - 1]
    # An empty array has a shorter head.
    assert read_numbers(struct.pack(">iii", 0, 0, 23)).tolist() == []


def laid_out(layers: Sequence[Layer], place: int, count: int) -> list[tuple[str, list[float]]]:
    """Language and vector of each text of one technology."""
    found = [(layer, np.arange(count)[layer.columns].tolist()) for layer in layers]
    return sorted(
        (layer.language, layer.vectors[columns.index(place)].round(5).tolist())
        for layer, columns in found
        if place in columns
    )


def as_rows(vectors: np.ndarray, languages: np.ndarray) -> list[tuple[str, list[float]]]:
    return sorted(zip(languages.tolist(), vectors.round(5).tolist(), strict=True))


@pytest.mark.django_db
def test_block_holds_what_the_columns_hold(fake_embedder) -> None:
    ids = make_technologies(12)
    Technology.objects.filter(pk=ids[3]).update(state=TechnologyState.ON_HOLD)
    space = current_space(index_encoder())
    block, columns = read_block(ids, space=space), columns_of(ids, space=space, shared=NO_TERMS)
    where = {technology: row for row, technology in enumerate(block.ids.tolist())}
    assert (sorted(where), ids[3] in where) == (columns.ids.tolist(), False)
    order = [where[technology] for technology in columns.ids.tolist()]
    for name in ("fields", "trls", "transfer_modes", "languages"):
        assert [getattr(block, name)[row] for row in order] == list(getattr(columns, name))
    for row, place in enumerate(order):
        own = columns.passage_rows == row
        assert laid_out(block.passages, place, len(block)) == as_rows(
            columns.passages[own], columns.passage_languages[own]
        )
        own = columns.whole_rows == row
        assert laid_out(block.wholes, place, len(block)) == as_rows(columns.wholes[own], columns.whole_languages[own])
        assert (place in block.short) == ((columns.passage_rows == row).sum() < 2)


@pytest.mark.django_db
def test_block_of_nothing_is_empty(fake_embedder) -> None:
    make_technologies(1)
    block = read_block([], space=current_space(index_encoder()))
    assert (len(block), block.passages, block.wholes, block.terms.tolist()) == (0, [], [], [])
