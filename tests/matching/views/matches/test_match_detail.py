import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match import MatchFactory, components, pair
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db
# As a card of a list asks.
HTMX = {"HTTP_HX_REQUEST": "true"}


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
    assert row.points == 36
    assert [(part.code, part.points, part.is_missing) for part in row.parts] == [
        ("meaning", 24, False),
        ("shared_terms", 6, False),
        ("field", 3, True),
        ("readiness", 3, False),
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


@pytest.mark.parametrize("asked", [{}, HTMX], ids=["page", "card"])
def test_match_hides_a_sentence_that_needs_an_agreement(client, asked):
    parts = components()
    parts[0]["evidence"] = {"pairs": [pair(offer_audience=2)]}
    match = MatchFactory(components=parts)
    company = match.demand.organisation
    seen = []
    for user in [create_member(organisation=company), create_staff()]:
        client.force_login(user)
        seen.append(pair()["offer_text"] in client.get(page_of(match), **asked).content.decode())
    IntroductionFactory(
        match_request=MatchRequestFactory(technology=match.technology, organisation=company),
        nda_signed_on=timezone.localdate(),
    )
    client.force_login(create_member(organisation=company))
    seen.append(pair()["offer_text"] in client.get(page_of(match), **asked).content.decode())
    assert seen == [False, True, True]


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


# What a card of a list shows when it is opened


def test_card_shows_the_whole_reckoning(client):
    demand = DemandFactory(minimum_trl=8, needed_by=date(2099, 5, 1), budget_krw=Decimal(120_000_000))
    match = MatchFactory(demand=demand, technology=TechnologyFactory(expires_on=date(2099, 1, 31)))
    client.force_login(create_member(organisation=demand.organisation))
    client.cookies["django_language"] = "en"
    answer = client.get(page_of(match), **HTMX)
    assert [template.name for template in answer.templates][0] == "matching/matches/why/_opened.html"
    pieces = re.split("<[^>]+>", answer.content.decode())
    assert [" ".join(piece.split()) for piece in pieces if piece.strip()] == [
        *["How the score is made up", "Meaning of the texts", "24 points"],
        *["The texts speak of very nearly the same thing.", "This costs 21 points."],
        *["Shared terms", "6 points", "1 term occurs in both texts:", "철심", ".", "This costs 21 points."],
        *["Field", "3 points"],
        "The technology says nothing about this, so it neither helps nor hurts.",
        "11 more points would be possible.",
        *["Readiness (TRL)", "3 points"],
        *["Readiness 6 is 2 levels below the required 8.", "This costs 11 points."],
        "Together: 36 points out of 100",
        "53 points are lost where the two do not fit entirely. 11 points are open because something is not said.",
        *["The sentences that met", "What both texts name, in whatever language, is marked."],
        *["In the demand", pair()["need_text"], "In the technology", pair()["offer_text"]],
        *["Side by side", "What is wanted and what is offered", "Wanted", "Offered"],
        *["Field", "Metals and materials", "Metals and materials"],
        *["Readiness (TRL)", "8 – Certified and ready for production", "6 – Prototype tested at pilot scale"],
        *["Transfer modes", "not said", "Joint development"],
        *["Direction", "Case 1: Russia → Korea", "Case 1: Russia → Korea"],
        *["Needed by – valid until", "May 1, 2099", "Jan. 31, 2099"],
        *["Budget", "₩120,000,000", "not said"],
    ]


def test_card_marks_what_both_sentences_name(client):
    parts = components()
    pairs = [pair(need_text=f"변압기 {n}", offer_text=f"Трансформатор {n}") for n in range(3)]
    parts[0]["evidence"] = {"pairs": pairs}
    match = MatchFactory(components=parts)
    client.force_login(create_member(organisation=match.demand.organisation))
    fragment = client.get(page_of(match), **HTMX).content.decode()
    assert re.findall(r'<p lang="(\w\w)">(.*)</p>', fragment) == [
        ("ko", "<mark>변압기</mark> 0"),
        ("ru", "<mark>Трансформатор</mark> 0"),
        ("ko", "<mark>변압기</mark> 1"),
        ("ru", "<mark>Трансформатор</mark> 1"),
    ]


def test_card_of_a_profile_says_nothing_of_what_nobody_told(client):
    match = MatchFactory(
        demand=None, profile=CompanyProfileFactory(field=""), technology=TechnologyFactory(field="", trl=None)
    )
    client.force_login(create_member(organisation=match.profile.organisation))
    assert client.get(page_of(match), **HTMX).context["facts"] == []


def test_card_is_opened_only_by_the_company_and_the_centre(client):
    match = MatchFactory()
    answers = [client.get(page_of(match), **HTMX)]
    people = [create_member(), create_evaluator(), create_member(organisation=match.technology.holder)]
    for user in [*people, create_member(organisation=match.demand.organisation), create_staff()]:
        client.force_login(user)
        answers.append(client.get(page_of(match), **HTMX))
    assert [answer.status_code for answer in answers] == [302, 404, 404, 404, 200, 200]
    assert [pair()["offer_text"] in answer.content.decode() for answer in answers] == [False] * 4 + [True] * 2


def test_page_is_built_of_what_the_card_shows(client):
    match = MatchFactory()
    client.force_login(create_staff())
    answers = [client.get(page_of(match), **asked) for asked in ({}, HTMX)]
    assert [b"<html" in answer.content for answer in answers] == [True, False]
    pieces = [{template.name for template in answer.templates} for answer in answers]
    assert pieces[1] - pieces[0] == {"matching/matches/why/_opened.html"}


def test_words_of_a_korean_company_are_marked_as_korean_for_a_russian_reader(client):
    match = MatchFactory()
    client.force_login(create_staff())
    client.cookies["django_language"] = "ru"
    addresses = [page_of(match), reverse("demand_detail", args=[match.demand_id])]
    addresses += [reverse("technology_matches", args=[match.technology_id])]
    answers = [client.get(page_of(match), **HTMX), *map(client.get, addresses)]
    assert ['<span lang="ko">철심</span>.' in answer.content.decode() for answer in answers] == [True] * 4
