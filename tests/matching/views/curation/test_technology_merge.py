"""Two records of one technology are compared and become one."""

import pytest
from django.urls import reverse

from matching.models import Technology
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    holder = InstituteFactory()
    return [TechnologyFactory(holder=holder, state="draft", text__title=title) for title in ("Провод А", "Провод Б")]


def page_of(technology):
    return reverse("technology_merge", args=[technology.pk])


def sent(stays, goes, **more):
    return {
        "with": goes.pk,
        "stays": stays.pk,
        "is_same": "1",
        f"revision_{stays.pk}": stays.revision,
        f"revision_{goes.pk}": goes.revision,
    } | more


def goers():
    return list(Technology.objects.filter(merged_as__isnull=False))


def test_the_other_one_is_looked_for_by_its_title(client, staff, two):
    one, other = two
    same = TechnologyFactory(text__title=one.working_title)
    found = [list(client.get(page_of(one), {"q": typed}).context["found"]) for typed in ("", "Провод", "насос", "\x00")]
    assert found == [[same], [same, other], [], [same]]


def test_one_is_not_compared_with_itself_or_with_nothing(client, staff, two):
    answers = [client.get(page_of(two[0]), {"with": key}) for key in (two[0].pk, "x", 0)]
    assert ["found" in answer.context for answer in answers] == [True, True, True]


def test_record_whose_page_it_is_may_be_the_one_that_goes(client, staff, two):
    one, other = two
    assert client.post(page_of(one), sent(one, other) | {"stays": other.pk}).url == reverse(
        "technology_edit", args=[other.pk]
    )
    assert goers() == [one]


def test_texts_are_taken_where_that_was_chosen(client, staff, two):
    stays, goes = two
    TechnologyTextFactory(technology=goes, language="ko", provenance="human", title="한국어")
    client.post(page_of(stays), sent(stays, goes, text_ko=goes.pk, text_ru=stays.pk))
    assert sorted(stays.texts.values_list("language", "title")) == [("ko", "한국어"), ("ru", "Провод А")]


@pytest.mark.parametrize("missing", ["is_same", "stays"])
def test_nothing_is_merged_before_everything_is_said(client, staff, two, missing):
    data = sent(*two)
    del data[missing]
    answer = client.post(page_of(two[0]), data)
    assert (len(answer.context["errors"]), answer.context["stays"], goers()) == (1, two[0], [])


def test_what_was_chosen_before_an_error_is_chosen_still(client, staff, two):
    one, other = two
    chosen = []
    for stays, text in ((one, one), (one, other), (other, one), (other, other)):
        answer = client.post(page_of(one), {"with": other.pk, "stays": stays.pk, "text_ru": text.pk})
        (language,) = answer.context["languages"]
        chosen.append((answer.context["stays"], language["code"], language["chosen"]))
    assert chosen == [(one, "ru", one), (one, "ru", other), (other, "ru", one), (other, "ru", other)]


def test_records_of_different_holders_are_refused_in_words(client, staff):
    one, other = TechnologyFactory.create_batch(2)
    answer = client.post(page_of(one), sent(one, other))
    assert answer.context["errors"] == answer.context["obstacles"]
    assert (len(answer.context["errors"]), goers()) == (1, [])


def test_record_changed_since_it_was_seen_is_compared_again(client, staff, two):
    stays, goes = two
    data = sent(stays, goes)
    Technology.objects.filter(pk=goes.pk).update(revision=goes.revision + 1)
    answer = client.post(page_of(stays), data)
    assert (len(answer.context["errors"]), goers()) == (1, [])
    assert client.post(page_of(stays), data | {f"revision_{goes.pk}": goes.revision + 1}).status_code == 302
