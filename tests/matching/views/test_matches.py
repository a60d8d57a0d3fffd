import pytest
from django.urls import reverse

from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.match import MatchFactory, components, pair
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db


def page_of(match):
    return reverse("match_detail", args=[match.pk])


@pytest.mark.parametrize("make_user", [create_member, create_evaluator, UserFactory])
def test_match_of_another_company_is_not_found(client, make_user):
    client.force_login(make_user())
    assert client.get(page_of(MatchFactory())).status_code == 404


def test_match_is_not_shown_to_the_technologys_holder(client):
    match = MatchFactory()
    client.force_login(create_member(organisation=match.technology.holder))
    assert client.get(page_of(match)).status_code == 404


def test_match_of_a_withdrawn_technology_is_seen_by_the_centre_only(client):
    match = MatchFactory(technology__state="archived")
    statuses = []
    for user in [create_member(organisation=match.demand.organisation), create_staff()]:
        client.force_login(user)
        statuses.append(client.get(page_of(match)).status_code)
    assert statuses == [404, 200]


def test_match_detail_explains_the_score_part_by_part(client):
    match = MatchFactory()
    client.force_login(create_member(organisation=match.demand.organisation))
    answer = client.get(page_of(match))
    row = answer.context["row"]
    assert row.points == 60
    assert [(part.code, part.points, part.is_missing) for part in row.parts] == [
        ("meaning", 40, False),
        ("shared_terms", 10, False),
        ("field", 5, True),
        ("readiness", 5, False),
    ]
    page = answer.content.decode()
    assert f'<p lang="ru">{pair()["offer_text"]}</p>' in page
    assert f'<p lang="ko">{pair()["need_text"]}</p>' in page


def test_match_detail_tells_a_pair_once(client):
    parts = components()
    parts[0]["evidence"] = {"pairs": [pair(need_text="열이 난다."), pair(need_text="열이 난다"), pair()]}
    client.force_login(create_staff())
    pairs = client.get(page_of(MatchFactory(components=parts))).context["pairs"]
    assert [shown["need_text"] for shown in pairs] == ["열이 난다", pair()["need_text"]]


def test_match_reasons_speak_for_it(client):
    client.force_login(create_staff())
    row = client.get(page_of(MatchFactory())).context["row"]
    assert [part.code for part in row.reasons] == ["meaning", "shared_terms"]


def test_match_detail_hides_a_sentence_that_needs_an_agreement(client):
    parts = components()
    parts[0]["evidence"] = {"pairs": [pair(offer_audience=2)]}
    match = MatchFactory(components=parts)
    seen = []
    for user in [create_member(organisation=match.demand.organisation), create_staff()]:
        client.force_login(user)
        seen.append(pair()["offer_text"] in client.get(page_of(match)).content.decode())
    assert seen == [False, True]


def test_match_detail_offers_a_request_once(client):
    match = MatchFactory()
    client.force_login(create_member(organisation=match.demand.organisation))
    ask = f"{reverse('match_request_create', args=[match.technology_id])}?match={match.pk}"
    before = ask in client.get(page_of(match)).content.decode()
    asked = MatchRequestFactory(technology=match.technology, organisation=match.demand.organisation)
    page = client.get(page_of(match)).content.decode()
    assert (before, ask in page) == (True, False)
    assert reverse("match_request_detail", args=[asked.pk]) in page


def test_match_detail_of_a_profile(client):
    profile = CompanyProfileFactory()
    match = MatchFactory(demand=None, profile=profile)
    client.force_login(create_member(organisation=profile.organisation))
    assert client.get(page_of(match)).context["need"] == profile
