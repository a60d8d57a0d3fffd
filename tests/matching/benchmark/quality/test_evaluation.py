"""The parts that the product's ranking is shown beside."""

from dataclasses import replace

import numpy as np
import pytest
from django.db import connection

from matching.benchmark.quality.evaluation import (
    Answers,
    _encoders_alone,
    _fused,
    index_documents,
    parts_alone,
    rank,
    shadow_database,
)
from matching.benchmark.quality.folders import Folder
from matching.models import EmbeddingSpace, Technology
from tests.factories.technology import TechnologyFactory

FOLDER = Folder(
    "made",
    {"d0": "сорбент никель", "d1": "лазер", "d2": "-"},
    {"q0": "никель сорбент", "q1": "лазер", "none": "пчеловодство"},
    {"q0": {"d0": 1}, "q1": {"d1": 1}},
    frozenset({"none"}),
)


def test_fusion_adds_what_each_place_is_worth_and_nothing_for_nothing() -> None:
    found = _fused(np.array([0.9, 0.5, 0.0]), np.array([0.0, 2.0, 1.0]))
    assert found.tolist() == pytest.approx([1 / 61, 1 / 62 + 1 / 61, 1 / 62])


def test_encoders_alone_are_cosines_of_their_own_numbers() -> None:
    need = np.array([1.0, 0.0, 0.0, 1.0])
    wholes = [np.array([1.0, 0.0, 1.0, 0.0]), None, np.array([-1.0, 0.0, 0.0, 1.0])]
    found = _encoders_alone(need, wholes, 2)
    assert {name: values.tolist() for name, values in found.items()} == {
        "first encoder alone": [2.0, 1.0, 0.0],
        "second encoder alone": [1.0, 1.0, 2.0],
    }
    assert list(_encoders_alone(need, wholes, 4)) == ["first encoder alone"]
    assert _encoders_alone(None, wholes, 2) == {}


@pytest.mark.django_db
def test_shadow_is_empty_and_gone_afterwards() -> None:
    TechnologyFactory()
    with shadow_database():
        seen = Technology.objects.count()
        TechnologyFactory.create_batch(2)
        inside = Technology.objects.count()
    assert (seen, inside, Technology.objects.count()) == (0, 2, 1)
    assert "evaluation" not in schemas()


def schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_embedder")
def test_every_query_is_ranked_as_a_demand_and_by_each_part() -> None:
    told: list[tuple[str, int, int]] = []
    documents = index_documents(FOLDER, lambda *progress: told.append(progress))
    demands, answers = rank(FOLDER, documents, lambda *progress: told.append(progress))
    assert sorted(documents.values()) == ["d0", "d1", "d2"]
    assert {key: answers.rankings[key][0] for key in ("q0", "q1")} == {"q0": "d0", "q1": "d1"}
    assert answers.refused == {"none"}
    assert told == [("documents", 3, 3), ("queries", 1, 3), ("queries", 2, 3), ("queries", 3, 3)]
    assert [demand.external_id for demand in demands] == ["q0", "q1", "none"]
    parts = parts_alone(demands, documents)
    alone = parts["first encoder alone"].rankings
    assert {key: alone[key][0] for key in ("q0", "q1")} == {"q0": "d0", "q1": "d1"}
    assert {name: part.refused for name, part in parts.items() if part.refused is not None} == {
        "weights and formula v1": {"none"},
        "weights and formula v2": {"none"},
        "every document compared, no candidates": {"none"},
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_embedder")
def test_queries_without_an_answer_leave_the_space_as_it_is() -> None:
    judged = replace(FOLDER, queries={key: FOLDER.queries[key] for key in ("q0", "q1")}, no_answer=frozenset())
    versions = []
    for folder in (judged, FOLDER):
        with shadow_database():
            rank(folder, index_documents(folder, lambda *progress: None), lambda *progress: None)
            versions.append(EmbeddingSpace.objects.latest("id").version)
    assert versions[0] == versions[1]


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_embedder")
def test_a_query_without_a_word_is_told_that_nothing_fits() -> None:
    folder = replace(FOLDER, queries={"q0": "лазер", "none": "---"})
    documents = index_documents(folder, lambda *progress: None)
    demands, answers = rank(folder, documents, lambda *progress: None)
    assert answers == Answers({"q0": answers.rankings["q0"], "none": []}, {"none"}, answers.scored)
    assert [document for document, _ in answers.scored["q0"]] == answers.rankings["q0"]
    assert "none" in (parts_alone(demands, documents)["weights and formula v1"].refused or ())
