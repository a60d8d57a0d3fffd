"""Indexes of near vectors: what they are made of and how they are asked. Their whole life: test_index_recall.py."""

import numpy as np
import pytest
from django.db import connection

from matching.domain.finding.nearest import ROWS_FOR_VISITORS
from matching.domain.index import vector_indexes
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.index.vector_indexes import (
    MARGIN_OF_VISITORS,
    WIDEST,
    IndexedScan,
    build_next,
    indexed_scan,
    is_large,
    ordering,
)
from matching.enums import Audience
from matching.models import VectorIndex
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

MEAN = np.array([0.5, -0.25, 0.0], dtype=np.float32)


def test_whole_texts_are_sorted_by_their_centred_vectors_and_passages_by_their_signs() -> None:
    whole, passage = ordering("whole", MEAN), ordering("passage", MEAN)
    centred = "(vector - '[0.5,-0.25,0]'::halfvec)"
    assert (whole.expression, whole.operator) == (f"({centred}::halfvec(3))", "<=>")
    assert (passage.expression, passage.operator) == (f"(binary_quantize({centred})::bit(3))", "<~>")
    probe = np.array([1.0, -2.0, 0.0], dtype=np.float32)
    assert (whole.probe(probe), passage.probe(probe)) == ("[1,-2,0]", "100")


@pytest.mark.parametrize(("rows", "width"), [(5, "40"), (500, "650"), (9_000, "1000")])
def test_an_index_is_asked_as_widely_as_it_can_be(rows: int, width: str) -> None:
    assert IndexedScan.settings(rows)["hnsw.ef_search"] == width


def test_a_visitor_s_search_of_whole_texts_needs_one_round() -> None:
    rows = ROWS_FOR_VISITORS["whole"]
    assert 0.95 * WIDEST < rows * MARGIN_OF_VISITORS <= WIDEST
    assert IndexedScan.settings(rows, MARGIN_OF_VISITORS)["hnsw.ef_search"] == "990"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fake_embedder", "indexes_of_near_vectors")
def test_an_index_answers_the_question_that_is_written_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_indexes, "MANY_TECHNOLOGIES", 1)
    for title in ("Лазер", "Сорбент"):
        TechnologyFactory(source_language="ru", text__title=title)
    assert not is_large()
    sweep_technologies()
    assert is_large()
    while build_next():
        pass
    space = current_space(index_encoder())
    placed = space.place(np.ones((1, len(space.mean("need", "whole", "ru")))), side="need", kind="whole", language="ru")
    for index in VectorIndex.objects.all():
        scan = indexed_scan(space, placed[0], [index], audience=Audience.CENTRE, rows=5)
        with connection.cursor() as cursor:
            # Of two rows any other index and a sort cost less.
            cursor.execute("SET enable_seqscan = off; SET enable_sort = off")
            cursor.execute(f"EXPLAIN {scan.sql}", scan.values)
            assert index.name in "".join(row[0] for row in cursor.fetchall())
            cursor.execute("RESET enable_seqscan; RESET enable_sort")
