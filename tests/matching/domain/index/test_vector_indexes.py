"""A large catalogue is not scanned: indexes of near vectors are made, measured and only then asked."""

from collections.abc import Iterator

import numpy as np
import pytest
from django.db import connection

from matching.domain.finding import nearest
from matching.domain.index import vector_indexes
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.index.vector_indexes import tend_vector_indexes, usable
from matching.embedding import get_embedder
from matching.enums import Audience
from matching.models import Technology, VectorIndex
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ("Лазер для резки", "Сорбент никеля", "Кисломолочная закваска", "Сталь и её резка", "Сварка труб")


@pytest.fixture
def large_catalogue(monkeypatch: pytest.MonkeyPatch) -> list[Technology]:
    monkeypatch.setattr(vector_indexes, "MANY_TECHNOLOGIES", 2)
    made = [
        TechnologyFactory(source_language="ru", text__title=title, text__summary="", text__description=f"{title} 2")
        for title in TITLES
    ]
    DemandFactory(title="Волоконный лазер", problem="Волоконный лазер для резки стали")
    sweep()
    return made


@pytest.fixture(autouse=True)
def without_those_of_others() -> Iterator[None]:
    """Emptying the tables leaves their indexes."""
    yield
    for name in names_in_postgres():
        with connection.cursor() as cursor:
            cursor.execute(f'DROP INDEX "{name}"')


def tended() -> int:
    turns = 1
    while tend_vector_indexes():
        turns += 1
    return turns


def placed() -> np.ndarray:
    raw = get_embedder().encode_wholes(["Волоконный лазер для резки стали"])
    return current_space(index_encoder()).place(raw, side="need", kind="whole", language="ru")[0]


def found(kind: str, audience: Audience = Audience.CENTRE, limit: int = 4) -> dict[int, float]:
    options = {"audience": audience, "within": Technology.objects.published(), "limit": limit}
    return nearest.nearest(current_space(index_encoder()), placed(), kind, **options)


def names_in_postgres() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'near\\_%'")
        return {row[0] for row in cursor.fetchall()}


def test_a_small_catalogue_gets_none(large_catalogue: list[Technology], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_indexes, "MANY_TECHNOLOGIES", 5)
    assert (tended(), VectorIndex.objects.count(), names_in_postgres()) == (1, 0, set())


def test_one_is_made_and_measured_for_each_kind_and_language(large_catalogue: list[Technology]) -> None:
    assert tended() == 7
    made = {(index.kind, index.language): index for index in VectorIndex.objects.all()}
    assert set(made) == {(kind, code) for kind in ("whole", "passage") for code in ("ko", "ru", "en")}
    assert {index.recall for index in made.values()} == {1.0}
    assert names_in_postgres() == {index.name for index in made.values()}
    assert tended() == 1


@pytest.mark.parametrize("kind", ["whole", "passage"])
def test_what_it_gives_is_what_a_scan_gives(
    large_catalogue: list[Technology], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = {audience: found(kind, audience) for audience in (Audience.CENTRE, Audience.PUBLIC)}
    tended()
    monkeypatch.setattr(nearest._Question, "scanned", None)
    assert {audience: found(kind, audience) for audience in exact} == exact
    late = TechnologyFactory(source_language="ru", text__title="Волоконный лазер", text__summary="")
    monkeypatch.undo()
    sweep()
    monkeypatch.setattr(nearest._Question, "scanned", None)
    assert late.pk in found(kind)


def test_where_it_gives_too_little_everything_is_scanned(large_catalogue: list[Technology]) -> None:
    tended()
    assert set(found("whole", limit=100)) == {technology.pk for technology in large_catalogue}


def test_one_that_finds_too_little_is_not_asked(large_catalogue: list[Technology]) -> None:
    space = current_space(index_encoder())
    tended()
    assert len(usable("whole", space)) == 3
    VectorIndex.objects.filter(kind="whole", language="ko").update(recall=0.5)
    assert (usable("whole", space), len(usable("passage", space))) == ([], 3)
    VectorIndex.objects.filter(kind="passage").update(encoder="st:another/i1.abc")
    assert usable("passage", space) == []


def test_those_of_a_former_space_answer_until_the_new_ones_are_there(
    large_catalogue: list[Technology], monkeypatch: pytest.MonkeyPatch
) -> None:
    tended()
    former = names_in_postgres()
    monkeypatch.setattr("matching.domain.index.embedding_spaces.ENOUGH_TEXTS", 1)
    for title in TITLES:
        TechnologyFactory(source_language="ru", text__title=f"{title} и её основы", text__summary="")
    sweep()
    assert current_space(index_encoder()).version not in former.pop()
    assert len(usable("whole", current_space(index_encoder()))) == 3
    assert tended() == 6 + 6 + 1
    version = current_space(index_encoder()).version
    assert {name.endswith(version) for name in names_in_postgres()} == {True}
    assert VectorIndex.objects.count() == 6
