"""Changed technologies against the needs that are up to date; scoring all again is the measure in test_scoring_runs."""

import pytest

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder, index_technologies
from matching.domain.matches import matchmaking, one_need
from matching.domain.runs.changed_technologies import compare_changed
from matching.models import Demand, Match, ScoringRecord, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_world(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is listed, and two make a full list."""
    list_from(monkeypatch, 0.0)
    monkeypatch.setattr(one_need, "KEPT", 2)


def make_demand() -> Demand:
    return DemandFactory(title="сорбент никель", problem="сорбент никель", wanted_result="", field="")


def make_technology(words: str, **fields: object) -> Technology:
    row = TechnologyFactory(field="", text=False, **fields)
    TechnologyTextFactory(technology=row, title=words, summary=words, description="", advantages="", sought="")
    return row


def rewrite(row: Technology, words: str) -> None:
    """As the worker finds it after somebody has written another text: indexed, not yet compared."""
    row.texts.update(title=words, summary=words)
    Technology.objects.filter(pk=row.pk).update(revision=row.revision + 1)
    index_technologies(technology_ids=[row.pk], encoder=index_encoder())


def listed(demand: Demand) -> set[int]:
    return set(Match.objects.filter(demand=demand).values_list("technology", flat=True))


def test_better_one_takes_the_place_of_the_last_and_what_stays_is_not_written() -> None:
    demand, first, last = make_demand(), make_technology("сорбент никель"), make_technology("лазер")
    sweep()
    before = Match.objects.get(technology=first)
    late = make_technology("сорбент никель мост")
    index_technologies(technology_ids=[late.pk], encoder=index_encoder())
    compare_changed(technology_ids=[late.pk])
    assert (listed(demand), last.pk in listed(demand)) == ({first.pk, late.pk}, False)
    assert Match.objects.get(technology=first).scored_at == before.scored_at
    assert not matchmaking.stale_needs().exists()


def test_worse_one_enters_no_full_list() -> None:
    demand = make_demand()
    kept = {make_technology("сорбент никель").pk, make_technology("никель сорбент").pk}
    sweep()
    late = make_technology("мост")
    index_technologies(technology_ids=[late.pk], encoder=index_encoder())
    compare_changed(technology_ids=[late.pk])
    assert listed(demand) == kept


@pytest.mark.parametrize(("others", "is_stale"), [(1, True), (0, False)])
def test_full_list_that_loses_a_member_is_made_again(
    monkeypatch: pytest.MonkeyPatch, others: int, is_stale: bool
) -> None:
    demand, leaving = make_demand(), make_technology("сорбент никель")
    for _ in range(others):
        make_technology("сорбент никель")
    sweep()
    list_from(monkeypatch, 0.9)
    rewrite(leaving, "мост пшеница")
    compare_changed(technology_ids=[leaving.pk])
    assert leaving.pk not in listed(demand)
    assert matchmaking.stale_needs().filter(demand=demand).exists() == is_stale


def test_need_that_changed_meanwhile_is_left_to_be_scored_anew() -> None:
    demand = make_demand()
    refresh_space(encoder=index_encoder())
    sweep()
    Demand.objects.filter(pk=demand.pk).update(revision=demand.revision + 1)
    late = make_technology("сорбент никель")
    index_technologies(technology_ids=[late.pk], encoder=index_encoder())
    compare_changed(technology_ids=[late.pk])
    assert (listed(demand), ScoringRecord.objects.get(demand=demand).scorer_version) == (set(), "")


def test_technology_counts_as_compared_at_its_revision_and_a_draft_does_not() -> None:
    make_demand()
    sweep()
    late, draft = make_technology("сорбент", revision=4), make_technology("сорбент", state="draft")
    ids = [late.pk, draft.pk]
    index_technologies(technology_ids=ids, encoder=index_encoder())
    assert list(matchmaking.unscored_technologies()) == [late]
    compare_changed(technology_ids=ids)
    noted = ScoringRecord.objects.exclude(technology=None).values_list("technology", "revision", "candidates")
    assert (list(noted), list(matchmaking.unscored_technologies())) == ([(late.pk, 4, 1)], [])
