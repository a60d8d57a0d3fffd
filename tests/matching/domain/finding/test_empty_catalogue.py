"""The first minutes of a new installation, with one encoder and with two: nothing is there, and nothing fails."""

import pytest
from django.urls import reverse

from matching.domain.finding.search import search_technologies
from matching.domain.index.indexing import index_technologies
from matching.domain.matches import matchmaking
from matching.domain.matches.evidence import met_passages
from matching.domain.runs import scoring_runs
from matching.domain.runs.scoring_progress import scoring_state
from matching.domain.technologies import look_alikes, similar
from matching.enums import Audience, Likeness
from matching.models import IndexRecord, Match, ScoringRun, Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.listing import list_from
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=["use", "use+e5"])
def encoder(request: pytest.FixtureRequest, settings: object) -> None:
    settings.EMBEDDER = request.param  # type: ignore[attr-defined]


def find(query: str) -> list[int]:
    hits = search_technologies(query=query, audience=Audience.PUBLIC, within=Technology.objects.published())
    return [hit.technology_id for hit in hits]


def similar_to(technology: Technology) -> list[Technology]:
    found = similar.similar_technologies(
        technology=Technology.objects.with_texts().get(pk=technology.pk), audience=Audience.PUBLIC
    )
    return [entry.technology for entry in found]


def test_a_catalogue_without_technologies_is_searched_and_nothing_is_found(client) -> None:
    assert find("유리") == []
    assert client.get(reverse("technology_list"), {"q": "유리"}).status_code == 200


def test_a_search_among_what_is_not_indexed_yet_finds_nothing() -> None:
    TechnologyFactory(text__title="Стекло с управляемой прозрачностью")
    assert find("유리") == []


def test_needs_are_scored_against_nothing_and_are_ready() -> None:
    needs = [DemandFactory(), CompanyProfileFactory()]
    assert matchmaking.score_demand(demand_id=needs[0].pk) == []
    sweep()
    assert ([scoring_state(need) for need in needs], Match.objects.count()) == (["ready", "ready"], 0)


def test_a_need_is_scored_again_when_the_first_technology_comes() -> None:
    demand = DemandFactory(title="сорбент", problem="Нужен магнитный сорбент для очистки стоков.")
    sweep()
    text = "Магнитный сорбент для очистки сточных вод."
    technology = TechnologyFactory(text__title="Сорбент", text__summary=text)
    sweep()
    assert list(demand.matches.values_list("technology", flat=True)) == [technology.pk]


def test_all_needs_are_scored_together_against_nothing() -> None:
    DemandFactory(), CompanyProfileFactory()
    sweep()
    run = scoring_runs.start_run(anew=True)
    while scoring_runs.continue_run():
        pass
    assert run and run.needs_count == 2
    assert list(ScoringRun.objects.values_list("state", "technologies_count", "changed_count")) == [("finished", 0, 0)]


def test_nothing_is_similar_before_the_first_index_and_beside_the_only_technology(client) -> None:
    technology = TechnologyFactory()
    before = similar_to(technology)
    index_technologies(technology_ids=[technology.pk])
    assert (before, similar_to(technology)) == ([], [])
    assert client.get(reverse("technology_detail", args=[technology.pk])).status_code == 200


def test_the_first_technology_is_like_no_other_and_the_next_is_told_by_its_title() -> None:
    written = {"title": "Магнитный сорбент", "summary": "Извлекает никель из стоков.", "language": "ru"}
    assert look_alikes.look_alikes(**written) == []
    technology = TechnologyFactory(state="draft", text__title=written["title"], text__summary="")
    found = look_alikes.look_alikes(**written)
    assert [(entry.technology, entry.likeness) for entry in found] == [(technology, Likeness.SAME)]


def test_a_match_whose_index_is_gone_has_no_passages_to_show(monkeypatch: pytest.MonkeyPatch) -> None:
    list_from(monkeypatch, 0.0)
    said = {"title": "Магнитный сорбент извлекает никель из стоков"}
    DemandFactory(**said), TechnologyFactory(**{f"text__{name}": text for name, text in said.items()})
    sweep()
    match = Match.objects.get()
    before = len(met_passages(match).pairs)
    IndexRecord.objects.filter(technology=match.technology).delete()
    assert (before > 0, met_passages(match).pairs) == (True, [])
