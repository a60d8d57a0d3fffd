"""The part of a demand's page that shows its matches."""

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import Demand
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, record_scoring

pytestmark = pytest.mark.django_db


def page_of(demand):
    return reverse("demand_detail", args=[demand.pk])


def test_demand_detail_asks_again_until_the_scores_are_there(client, company, member):
    demand = DemandFactory(organisation=company)
    page = client.get(page_of(demand)).content.decode()
    assert 'hx-trigger="every 700ms"' in page
    poll = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "matches-scoring"}
    assert client.get(page_of(demand), **poll).status_code == 204
    match = MatchFactory(demand=demand)
    record_scoring(demand=demand)
    fragment = client.get(page_of(demand), **poll).content.decode()
    assert (f'id="match-{match.pk}"' in fragment, "every " in fragment, "<html" in fragment) == (
        True,
        False,
        False,
    )


def test_demand_detail_says_when_matching_is_delayed(client, company, member):
    demand = DemandFactory(organisation=company)
    Demand.objects.update(updated_at=timezone.now() - timezone.timedelta(minutes=2))
    poll = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "matches-scoring"}
    fragment = client.get(page_of(demand), **poll).content.decode()
    assert ('id="matches-delayed"' in fragment, 'hx-trigger="every 5s"' in fragment) == (True, True)
    poll["HTTP_HX_TRIGGER"] = "matches-delayed"
    assert client.get(page_of(demand), **poll).status_code == 204


def test_demand_detail_grows_while_technologies_are_still_read(client, company, member):
    demand = DemandFactory(organisation=company)
    record_scoring(demand=demand)
    match = MatchFactory(demand=demand)
    assert 'id="matches-growing-1"' in client.get(page_of(demand)).content.decode()
    poll = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "matches-growing-0"}
    fragment = client.get(page_of(demand), **poll).content.decode()
    assert (f'id="match-{match.pk}"' in fragment, 'id="matches-growing-1"' in fragment) == (True, True)
    poll["HTTP_HX_TRIGGER"] = "matches-growing-1"
    assert client.get(page_of(demand), **poll).status_code == 204


def test_demand_detail_ranks_published_technologies_only(client, company, member):
    demand = DemandFactory(organisation=company)
    low, high = MatchFactory(demand=demand, score=0.6), MatchFactory(demand=demand, score=0.7)
    MatchFactory(demand=demand, score=0.9, technology__state="archived")
    record_scoring(demand=demand)
    results = client.get(page_of(demand)).context["results"]
    assert [(row.rank, row.match) for row in results.rows] == [(1, high), (2, low)]


def test_demand_detail_asks_for_an_explanation_only_when_a_card_is_opened(client, company, member):
    match = MatchFactory(demand=DemandFactory(organisation=company))
    record_scoring(demand=match.demand)
    page = client.get(page_of(match.demand)).content.decode()
    url = reverse("match_detail", args=[match.pk])
    assert page.count(f'hx-get="{url}" hx-trigger="toggle from:closest details"') == 1
    assert f'<p><a href="{url}">' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_demand_detail_query_count(client, company, member, django_assert_num_queries, rows):
    demand = DemandFactory(organisation=company)
    MatchFactory.create_batch(rows, demand=demand)
    record_scoring(demand=demand)
    with django_assert_num_queries(14):
        client.get(page_of(demand))


def test_demand_without_matches_leads_to_a_search_for_its_title(client, company, member):
    named = DemandFactory(organisation=company, title="저온용 고무 & 씰")
    silent = DemandFactory(organisation=company, title="?", problem="!", wanted_result="")
    for demand in (named, silent):
        record_scoring(demand=demand)
    # “&” is part of the title, not of the address.
    link = 'href="/technologies/?q=%EC%A0%80%EC%98%A8%EC%9A%A9+%EA%B3%A0%EB%AC%B4+%26+%EC%94%B0"'
    found = [link in client.get(page_of(demand)).content.decode() for demand in (named, silent)]
    assert (found, "/technologies/?q=" in client.get(page_of(silent)).content.decode()) == ([True, False], False)
