"""The part of a page that shows a need's matches."""

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.enums import Audience
from matching.models import Demand
from matching.pages.ranked_lists import match_row
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, components, record_scoring
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return OrganisationFactory()


@pytest.fixture
def member(client, company):
    client.force_login(user := create_member(organisation=company))
    client.defaults |= {"HTTP_ACCEPT_LANGUAGE": "en"}
    return user


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
    with django_assert_num_queries(17):
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


def test_row_says_where_the_rest_of_100_points_went():
    row = match_row(MatchFactory(), Audience.MEMBERS, None)
    # Of the 64 points that are missing meaning and words kept back two thirds, readiness and the field, of which one
    # side says nothing, a sixth each.
    assert (row.points, row.points_lost, row.points_open) == (36, 53, 11)


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, ["meaning", "shared_terms"]),
        # What was not said speaks for nothing, however much it gives.
        ({"field": {"contribution": 0.9}}, ["meaning", "shared_terms"]),
        ({"readiness": {"contribution": 0.3, "value": 0.9}}, ["meaning", "readiness"]),
        # A half speaks neither for it nor against, unless words were met.
        ({"shared_terms": {"evidence": {"terms": []}}}, ["meaning"]),
    ],
)
def test_reasons_are_at_most_two_that_speak_for_the_match(changed, reasons):
    parts = [part | changed.get(part["code"], {}) for part in components()]
    row = match_row(MatchFactory(components=parts), Audience.MEMBERS, None)
    assert [part.code for part in row.reasons] == reasons


def test_row_tells_the_companys_own_standing_request(client, company, member):
    demand = DemandFactory(organisation=company)
    asked, withdrawn, asked_by_others = (MatchFactory(demand=demand, score=score) for score in (0.8, 0.7, 0.6))
    request = MatchRequestFactory(technology=asked.technology, organisation=company)
    MatchRequestFactory(technology=withdrawn.technology, organisation=company, state="withdrawn")
    MatchRequestFactory(technology=asked_by_others.technology)
    record_scoring(demand=demand)
    rows = client.get(page_of(demand)).context["results"].rows
    assert [(row.match, row.request) for row in rows] == [(asked, request), (withdrawn, None), (asked_by_others, None)]


def test_ranks_go_on_on_the_next_page(client, company, member):
    demand = DemandFactory(organisation=company)
    matches = [MatchFactory(demand=demand, score=0.9 - place / 100) for place in range(11)]
    record_scoring(demand=demand)
    results = client.get(page_of(demand), {"page": 2}).context["results"]
    assert [(row.rank, row.match) for row in results.rows] == [(11, matches[-1])]
