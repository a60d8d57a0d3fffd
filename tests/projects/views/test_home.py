import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from matching.enums import TechnologyState
from tests.factories.outcome import OutcomeFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def get_home(client, language="en"):
    response = client.get(reverse("home"), headers={"accept-language": language})
    return BeautifulSoup(response.content, "html.parser")


def test_home_lets_a_visitor_search_at_once(client):
    form = get_home(client).select_one("main form[role=search]")
    assert form.select_one("input[type=search][name=q]") is not None


def test_home_shows_published_technologies_newest_first_in_their_language(client):
    TechnologyFactory(text__title="Первая")
    TechnologyFactory(text__title="Черновик", state=TechnologyState.DRAFT, published_at=None)
    TechnologyFactory(text__title="Вторая")
    titles = get_home(client).select("li.card h3")
    assert [(title["lang"], title.get_text(strip=True)) for title in titles] == [("ru", "Вторая"), ("ru", "Первая")]


def test_home_shows_figures_only_where_there_are_some(client):
    assert get_home(client).select(".figures .stat") == []
    TechnologyFactory()
    assert [stat.get_text(" ", strip=True) for stat in get_home(client).select(".figures .stat")] == [
        "published technologies 1"
    ]


def test_home_shows_what_became_a_product_apart(client):
    TechnologyFactory(trl=9, text__title="Изделие")
    TechnologyFactory(trl=8, text__title="Образец")
    section = get_home(client).find("h2", string="Technologies that became products").parent
    assert [title.get_text(strip=True) for title in section.select("h3")] == ["Изделие"]


@pytest.mark.parametrize("rows", [1, 3])
def test_home_needs_the_same_number_of_queries_for_any_number_of_rows(client, rows, django_assert_num_queries):
    TechnologyFactory.create_batch(rows)
    with django_assert_num_queries(8):
        client.get(reverse("home"))


def test_home_shows_what_came_of_a_technology_by_its_verified_outcomes(client):
    technology = TechnologyFactory(text__title="Покрытие")
    for value, verified in ((660_000, True), (40_000, True), (5, False)):
        OutcomeFactory(research_task__technology=technology, value=value, verified=verified)
    section = get_home(client).find("h2", string="What came of it").parent
    assert [card.get_text(" ", strip=True) for card in section.select("li")] == ["Покрытие Exports 700,000 USD"]
