"""The nearest technologies: exact, whatever else lies in the same tables."""

import numpy as np
import pytest

from matching.domain.finding import nearest
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.embedding import get_embedder
from matching.enums import Audience, TechnologyState
from matching.models import Demand, Passage, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db
QUERY = "Волоконный лазер для резки стали"
TITLES = ("Лазер для резки", "Сорбент никеля", "Кисломолочная закваска", "Сталь и её резка", "Сварка труб")


def indexed() -> list[Technology]:
    technologies = [
        TechnologyFactory(source_language="ru", text__title=title, text__summary="", text__description=f"{title} 2")
        for title in TITLES
    ]
    for _ in range(4):
        DemandFactory(title=QUERY, problem=QUERY)
    sweep()
    return technologies


def placed() -> np.ndarray:
    space = current_space(index_encoder())
    raw = get_embedder().encode_wholes([QUERY])
    return space.place(raw, side="need", kind="whole", language="ru")[0]


@pytest.mark.parametrize("kind", ["whole", "passage"])
def test_nearest_goes_on_until_enough_technologies_are_found(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "ROWS_FOR_ONE", {"whole": 1, "passage": 1})
    monkeypatch.setattr(nearest, "FURTHER", 2)
    technologies = indexed()
    assert Demand.objects.count() == 4
    space = current_space(index_encoder())
    options = {"audience": Audience.CENTRE, "within": Technology.objects.published()}
    found = nearest.nearest(space, placed(), kind, limit=3, **options)
    everything = nearest.nearest(space, placed(), kind, limit=100, **options)
    assert list(found) == list(everything)[:3]
    assert set(everything) == {technology.id for technology in technologies}
    assert list(everything.values()) == sorted(everything.values())


def test_nearest_leaves_out_what_lies_outside_or_is_for_others() -> None:
    technologies = indexed()
    space = current_space(index_encoder())
    some = Technology.objects.filter(id__in=[technology.id for technology in technologies[:2]])
    found = nearest.nearest(space, placed(), "whole", audience=Audience.CENTRE, within=some, limit=10)
    assert set(found) == {technology.id for technology in technologies[:2]}
    Passage.objects.filter(record__technology=technologies[0], audience=Audience.PUBLIC).delete()
    open_to_all = nearest.nearest(space, placed(), "passage", audience=Audience.PUBLIC, within=some, limit=10)
    assert set(open_to_all) == {technologies[1].id}


def test_nearest_does_not_compare_vectors_of_another_length() -> None:
    technologies = indexed()
    record = technologies[0].index_records.get()
    record.passages.update(vector=[0.5] * 7)
    space = current_space(index_encoder())
    options = {"audience": Audience.CENTRE, "within": Technology.objects.published(), "limit": 10}
    found = nearest.nearest(space, placed(), "passage", **options)
    assert set(found) == {technology.id for technology in technologies[1:]}


def test_neighbours_are_by_their_nearest_text_among_the_states_that_were_asked_for(fake_embedder):
    titles = ("лазер для резки", "лазер", "сорбент никеля")
    text = {"source_language": "ru", "text__summary": "", "text__description": ""}
    near, closest, far = (TechnologyFactory(**text, text__title=title) for title in titles)
    hidden = TechnologyFactory(**text, text__title="лазер", state=TechnologyState.ON_HOLD)
    sweep()
    space = current_space(index_encoder())
    placed = space.place(fake_embedder.encode(["лазер"]), side="offer", kind="whole", language="ru")[0]
    options = {"kind": "whole", "audience": Audience.CENTRE}
    assert nearest.neighbours(space, placed, limit=9, **options) == [closest.pk, near.pk, far.pk]
    assert nearest.neighbours(space, placed, limit=1, **options) == [closest.pk]
    states = (TechnologyState.PUBLISHED, TechnologyState.ON_HOLD)
    found = nearest.neighbours(space, placed, limit=9, states=states, **options)
    assert found == [closest.pk, hidden.pk, near.pk, far.pk]
