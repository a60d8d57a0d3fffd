"""The catalogue: what a list shows, to whom, and in which order."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import strip_tags

from matching.domain.finding.answer_cache import BusyError
from matching.domain.finding.search import SearchAnswer, SearchHit
from matching.domain.index.indexing import index_technologies
from matching.domain.technologies import catalogue
from matching.enums import Audience, DisclosureLevel, Provenance, TechnologyState
from matching.models import Passage
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db

LIST = "/technologies/"


def shown(response):
    return [int(pk) for pk in re.findall(r'<li id="technology-(\d+)"', response.content.decode())]


@pytest.fixture
def search_finds(monkeypatch):
    """The ranking is the engine's and tested there; here a page shows what it returned."""

    def prepare(*hits):
        monkeypatch.setattr(catalogue, "kept_answer", lambda **_given: SearchAnswer(hits))

    return prepare


@pytest.mark.parametrize("count", [1, 3])
def test_list_loads_in_a_fixed_number_of_queries(client, count, django_assert_num_queries):
    TechnologyFactory.create_batch(count)

    # All facets, the holders and their names, the count, the page's keys, its rows and their texts.
    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(shown(response)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_with_a_query_loads_in_a_fixed_number_of_queries(client, count, search_finds, django_assert_num_queries):
    search_finds(*[SearchHit(t.pk, 1.0, "words", ("провод",)) for t in TechnologyFactory.create_batch(count)])

    with django_assert_num_queries(12):
        response = client.get(LIST, {"q": "провод"})

    assert len(shown(response)) == count


def test_list_shows_only_published_technologies_to_everybody(client):
    published = TechnologyFactory()
    for state in (
        TechnologyState.DRAFT,
        TechnologyState.ON_HOLD,
        TechnologyState.ARCHIVED,
    ):
        TechnologyFactory(state=state)

    assert shown(client.get(LIST)) == [published.pk]
    client.force_login(create_staff())
    assert shown(client.get(LIST)) == [published.pk]


def test_list_keeps_the_order_of_the_search(client, search_finds):
    first, second, third = TechnologyFactory.create_batch(3)
    hits = [SearchHit(t.pk, 1.0, "words", ()) for t in (second, third, first)]
    search_finds(*hits)

    response = client.get(LIST, {"q": "x"})
    assert shown(response) == [second.pk, third.pk, first.pk]
    assert shown(client.get(LIST, {"q": "x", "sort": "newest"})) == [
        third.pk,
        second.pk,
        first.pk,
    ]


def test_list_counts_facets_among_what_was_found(client, search_finds):
    found, _other = TechnologyFactory.create_batch(2)
    search_finds(SearchHit(found.pk, 1.0, "words", ()))

    facets = client.get(LIST, {"q": "x"}).context["facets"]
    assert [(value.value, value.count) for value in facets[0].values] == [("metals", 1)]


def test_list_marks_the_words_that_were_found(client, search_finds):
    technology = TechnologyFactory(text__title="Аморфный провод", text__summary="Выпуск провода & ленты")
    search_finds(SearchHit(technology.pk, 1.0, "words", ("провод",)))

    client.cookies["django_language"] = "en"
    content = client.get(LIST, {"q": "провод"}).content.decode()
    assert "Аморфный <mark>провод</mark>" in content
    assert "Выпуск <mark>провода</mark> &amp; ленты" in content
    assert "Found by words" in content


def test_list_says_when_only_the_meaning_was_found(client, search_finds):
    technology = TechnologyFactory()
    search_finds(SearchHit(technology.pk, 1.0, "meaning", ()))

    client.cookies["django_language"] = "en"
    content = client.get(LIST, {"q": "저손실 도선"}).content.decode()
    assert "Found by meaning" in content
    assert "<mark>" not in content


WHY = re.compile(r'<p class="small"><span class="strong">Why:</span>(.*?)</p>', re.DOTALL)


def why(client, query="x"):
    """What each result says, in English."""
    client.cookies["django_language"] = "en"
    content = client.get(LIST, {"q": query}).content.decode()
    return [" ".join(strip_tags(found).split()) for found in WHY.findall(content)]


def test_list_tells_the_words_met_and_their_languages(client, search_finds):
    technology = TechnologyFactory(text__title="Провод", text__summary="Провода и провод из сплава.")
    TechnologyTextFactory(
        technology=technology, language="en", provenance=Provenance.HUMAN, title="Wire", summary="Amorphous."
    )
    search_finds(SearchHit(technology.pk, 1.0, "both", ("провод", "wire", "сплав")))
    assert why(client) == [
        "Words found in the text in English: Wire. Words found in the text in Russian: Провод. "
        "The text is close to your query in meaning."
    ]


def test_list_tells_words_that_stand_in_the_text_shown_once(client, search_finds):
    technology = TechnologyFactory(text__title="Провод", text__summary="Провода и провод из сплава.")
    search_finds(SearchHit(technology.pk, 1.0, "words", ("провод", "сплав")))
    assert why(client) == ["Words found in the text in Russian: Провод, Провода, сплава."]


def test_list_says_that_the_passage_shown_is_the_nearest(client, search_finds):
    near, title_only = TechnologyFactory.create_batch(2)
    index_technologies(technology_ids=[near.pk])
    passage = Passage.objects.filter(audience=Audience.PUBLIC).last()
    search_finds(SearchHit(near.pk, 1.0, "meaning", (), passage.pk), SearchHit(title_only.pk, 0.9, "meaning", ()))
    begin = "The text shares no word with your query."
    assert why(client) == [
        f"{begin} The passage shown is the nearest in meaning.",
        f"{begin} The text is close to your query in meaning.",
    ]


def test_list_found_by_a_word_that_nothing_shown_has_says_so(client, search_finds):
    search_finds(SearchHit(TechnologyFactory().pk, 1.0, "words", ("несуществующее",)))
    assert why(client) == ["The text has words of your query or words like them."]


def test_list_without_a_query_needs_no_reason(client):
    TechnologyFactory()
    client.cookies["django_language"] = "en"
    assert WHY.findall(client.get(LIST).content.decode()) == []


def test_list_quotes_the_readers_text_and_tells_where_the_word_stands(client, search_finds):
    technology = TechnologyFactory(disclosure=DisclosureLevel.PUBLIC, text__description="Сплав железа.")
    korean = TechnologyTextFactory(
        technology=technology,
        language="ko",
        provenance=Provenance.MACHINE,
        title="전선",
        summary="요약",
    )
    search_finds(SearchHit(technology.pk, 1.0, "words", ("сплав",)))

    result = client.get(LIST, {"q": "сплав"}).context["results"][0][0]
    assert (result.text.language, result.excerpt_language, result.excerpt) == ("ko", "ko", [("요약", False)])
    assert [(met.language, met.words) for met in result.met] == [("ru", ("сплава",))]

    # Without an own summary the sentence itself is quoted.
    korean.summary = ""
    korean.save()
    result = client.get(LIST, {"q": "сплав"}).context["results"][0][0]
    assert (result.excerpt_language, ("сплава", True) in result.excerpt) == ("ru", True)


def test_list_shows_the_readers_summary_rather_than_a_foreign_passage(client, search_finds):
    technology = TechnologyFactory()
    TechnologyTextFactory(
        technology=technology, language="ko", provenance=Provenance.HUMAN, title="전선", summary="전선을 만듭니다."
    )
    index_technologies(technology_ids=[technology.pk])
    foreign = Passage.objects.filter(audience=Audience.PUBLIC, language="ru").last()
    search_finds(SearchHit(technology.pk, 1.0, "meaning", (), foreign.pk, 0.7))
    result = client.get(LIST, {"q": "x"}).context["results"][0][0]
    assert (result.excerpt, result.excerpt_language) == ([("전선을 만듭니다.", False)], "ko")


@pytest.mark.parametrize(
    ("disclosure", "as_member", "is_quoted"),
    [
        (DisclosureLevel.PUBLIC, False, True),
        (DisclosureLevel.MEMBERS, False, False),
        (DisclosureLevel.MEMBERS, True, True),
        (DisclosureLevel.NDA, True, False),
    ],
)
def test_list_quotes_the_full_profile_only_to_its_audience(client, search_finds, disclosure, as_member, is_quoted):
    technology = TechnologyFactory(disclosure=disclosure, text__description="Ниобий 12 %.")
    search_finds(SearchHit(technology.pk, 1.0, "words", ("ниобий",)))
    if as_member:
        client.force_login(create_member())

    content = client.get(LIST, {"q": "ниобий"}).content.decode()
    assert ("<mark>Ниобий</mark>" in content) is is_quoted


def test_list_escapes_what_texts_hold(client, search_finds):
    technology = TechnologyFactory(text__title="<script>alert(1)</script>", text__summary="<b>x</b>")
    search_finds(SearchHit(technology.pk, 1.0, "words", ("alert",)))

    for address in (LIST, f"{LIST}?q=%3Cscript%3Ealert", reverse("technology_detail", args=[technology.pk])):
        content = client.get(address).content.decode()
        assert "<script>alert" not in content
        assert "<b>x</b>" not in content


@pytest.mark.parametrize(
    "address",
    [
        "?page=9999",
        "?page=abc&page=-1",
        "?trl=abc&field=nonsense&sort=price",
        "?q=%00",
        "?q=%ff%fe",
        "?q=' OR 1=1 --",
        "?q=" + "я" * 3000,
        "?field=metals&field=metals&trl=1-3&trl=4-6&trl=7-9&trl=unstated",
        "?q=((&mode=licence&country=ZZ",
    ],
)
def test_list_answers_odd_addresses(client, address):
    TechnologyFactory()

    assert client.get(LIST + address).status_code == 200


def test_list_names_filters_that_do_not_exist(client):
    TechnologyFactory()

    content = client.get(f"{LIST}?trl=abc&field=metals&sort=<i>").content.decode()
    assert "abc, &lt;i&gt;" in content
    assert len(re.findall('class="chip"', content)) == 1


def test_list_last_page_is_shown_for_a_page_beyond(client):
    TechnologyFactory.create_batch(21)

    assert len(shown(client.get(LIST, {"page": 1}))) == 20
    assert len(shown(client.get(LIST, {"page": 99}))) == 1


def test_list_tells_htmx_the_short_address(client):
    response = client.get(f"{LIST}?q=&field=metals&sort=newest", headers={"HX-Request": "true"})

    assert response.headers["HX-Push-Url"] == "/technologies/?field=metals"
    assert "HX-Push-Url" not in client.get(LIST).headers


def test_list_without_results_advises(client):
    TechnologyFactory()

    content = client.get(f"{LIST}?field=it").content.decode()
    assert 'class="empty"' in content
    assert f'href="{LIST}"' in content


def test_list_masks_the_holders_name_for_outsiders(client):
    holder = OrganisationFactory(name_ko="㈜동양기지", is_name_masked=True)
    TechnologyFactory(holder=holder)

    assert "㈜동***지" in client.get(LIST).content.decode()
    assert "㈜동양기지" not in client.get(LIST).content.decode()
    client.force_login(create_staff())
    assert "㈜동양기지" in client.get(LIST).content.decode()


def test_list_says_when_a_search_has_more_results_than_it_shows(client, search_finds, monkeypatch):
    monkeypatch.setattr("matching.views.technologies.catalogue.MOST_HITS", 2)
    first, second = TechnologyFactory.create_batch(2)

    search_finds(SearchHit(first.pk, 1.0, "words", ()))
    assert client.get(LIST, {"q": "x"}).context["limit"] is None
    search_finds(SearchHit(first.pk, 1.0, "words", ()), SearchHit(second.pk, 0.9, "words", ()))
    assert client.get(LIST, {"q": "x"}).context["limit"] == 2


def test_list_finds_no_word_that_the_reader_may_not_read(client):
    technology = TechnologyFactory(disclosure=DisclosureLevel.NDA, text__description="Ниобий в осадке.")
    index_technologies(technology_ids=[technology.pk])

    for user in (None, create_member()):
        if user:
            client.force_login(user)
        response = client.get(LIST, {"q": "ниобий"})
        assert [result.hit.found_by for result, _holder in response.context["results"]] in ([], ["meaning"])
        assert "осадке" not in response.content.decode()

    client.force_login(create_staff())
    content = client.get(LIST, {"q": "ниобий"}).content.decode()
    assert "<mark>Ниобий</mark> в осадке" in content


def test_list_offers_what_another_keyboard_layout_gives(client, monkeypatch):
    given = SearchAnswer(layouts=("레이저",))
    monkeypatch.setattr(catalogue, "kept_answer", lambda **_given: given)
    content = client.get(LIST, {"q": "fpdlwj", "field": "metals", "sort": "title"}).content.decode()
    assert "찾으셨나요?" in content
    assert 'href="?q=%EB%A0%88%EC%9D%B4%EC%A0%80&amp;field=metals"' in content


def test_list_says_that_it_looked_for_another_spelling(client, monkeypatch):
    hit = SearchHit(TechnologyFactory().pk, 1.0, "words", ())
    given = SearchAnswer((hit,), spellings=("열전소자",), asked_instead="열전소재")
    monkeypatch.setattr(catalogue, "kept_answer", lambda **_given: given)
    content = strip_tags(client.get(LIST, {"q": "열전소제"}).content.decode())
    assert "비슷한 철자: ‘열전소제’ 검색 결과가 없어" in content
    assert "그 밖의 비슷한 철자:" in content


def test_list_says_how_close_results_are_and_offers_the_form_when_nothing_has_the_words(client, search_finds):
    first, second, third = TechnologyFactory.create_batch(3)
    weak = [SearchHit(t.pk, n, "meaning", (), None, n) for t, n in ((first, 0.9), (second, 0.7), (third, 0.5))]
    search_finds(*weak)
    content = client.get(LIST, {"q": "x"}).content.decode()
    assert reverse("demand_create") in content
    degrees = [content.index(f'<span class="tag">{word}') for word in ("의미가 매우", "의미가 가까움", "의미가 조금")]
    assert degrees == sorted(degrees)

    search_finds(*weak, SearchHit(third.pk, 1.0, "words", ()))
    assert 'id="only-close"' not in client.get(LIST, {"q": "x"}).content.decode()


def test_list_finds_a_holder_and_leads_to_all_that_it_has(client, search_finds):
    holder = OrganisationFactory(name_ko="한빛연구원", is_name_masked=False)
    own, _other = TechnologyFactory(holder=holder), TechnologyFactory()
    search_finds()
    response = client.get(LIST, {"q": "한빛 연구원"})
    assert shown(response) == [own.pk]
    assert f'href="?holder={holder.pk}"' in response.content.decode()
    assert shown(client.get(LIST, {"holder": holder.pk})) == [own.pk]

    holder.is_name_masked = True
    holder.save()
    response = client.get(LIST, {"q": "한빛연구원"})
    assert (shown(response), f"holder={holder.pk}" in response.content.decode()) == ([], False)


@pytest.fixture
def two_searches(settings, monkeypatch):
    """A visitor may have two; every one has to be worked out."""
    cache.clear()
    settings.THROTTLING = {"search": {"address": (2, 60)}}


def test_visitors_are_limited_by_their_address_and_told_until_when(client, two_searches):
    statuses = [client.get(LIST, {"q": f"лазер {n}"}).status_code for n in range(3)]
    refused = client.get(LIST, {"q": "лазер 9", "field": "metals"}, headers={"HX-Request": "true"})
    assert (statuses, refused.status_code, int(refused["Retry-After"]) <= 60) == ([200, 200, 429], 429, True)
    content = refused.content.decode()
    assert 'id="results"' in content
    assert 'href="/technologies/?q=%D0%BB%D0%B0%D0%B7%D0%B5%D1%80+9&amp;field=metals"' in content
    # What is kept, and the list itself, are there for everybody.
    assert client.get(LIST, {"q": "лазер 1"}).status_code == 200
    assert client.get(LIST).status_code == 200


def test_who_is_logged_in_is_not_limited_by_the_address(client, two_searches):
    client.force_login(create_member())
    assert {client.get(LIST, {"q": f"лазер {n}"}).status_code for n in range(4)} == {200}


def test_list_says_when_too_many_visitors_search_at_once(client, monkeypatch):
    def refuse(**_given):
        raise BusyError

    monkeypatch.setattr(catalogue, "kept_answer", refuse)
    response = client.get(LIST, {"q": "лазер"})
    assert (response.status_code, response["Retry-After"]) == (503, "3")
    assert "3초 뒤에 다시 검색하세요" in response.content.decode()
