"""What stands beside a technology: near in any language, and only by what this reader may read."""

import pytest
from django.core.cache import cache
from django.utils import translation

from matching.domain import sweeping
from matching.domain.curation import move_technology, update_technology
from matching.domain.similar import similar_technologies
from matching.enums import Audience, DisclosureLevel, TechnologyState
from matching.models import Technology
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db

SORBENT = "Магнитный сорбент извлекает ионы никеля и хрома из сточных вод гальванического производства."
SORBENT_KO = "자성 흡착제로 도금 공장 폐수에서 니켈과 크롬 이온을 제거한다."
SORBENT_TOO = "Сорбент с магнитными свойствами очищает сточные воды гальваники от ионов никеля."
LASER = "Волоконный лазер мощностью 3 кВт режет листовую сталь."
DAIRY = "Закваска молочнокислых бактерий для йогурта улучшает пищеварение."


def write(summary: str, description: str = "", **values) -> Technology:
    language = values.setdefault("source_language", "ru")
    technology = TechnologyFactory(**values, text=False)
    texts = {"summary": summary, "description": description, "advantages": "", "sought": ""}
    TechnologyTextFactory(technology=technology, language=language, title=summary[:40], **texts)
    return technology


def read_all() -> None:
    while sweeping.sweep_technologies():
        pass


def similar_to(technology: Technology, audience: Audience = Audience.PUBLIC) -> list[Technology]:
    technology = Technology.objects.with_texts().get(pk=technology.pk)
    return [entry.technology for entry in similar_technologies(technology=technology, audience=audience)]


def test_similar_ones_are_found_in_any_language_best_first_and_others_not():
    one, same, other_language = write(SORBENT), write(SORBENT_TOO), write(SORBENT_KO, source_language="ko")
    for text in (LASER, DAIRY):
        write(text)
    read_all()
    assert similar_to(one) == [same, other_language]


def test_nothing_is_similar_to_what_is_alone():
    one, _other = write(SORBENT), write(DAIRY)
    read_all()
    assert similar_to(one) == []


@pytest.mark.parametrize("state", [state for state in TechnologyState if state != "published"])
def test_what_is_not_published_is_shown_to_nobody(state):
    one, _hidden = write(SORBENT), write(SORBENT_TOO, state=state)
    read_all()
    assert [similar_to(one, audience) for audience in Audience] == [[]] * 4


@pytest.mark.parametrize(
    ("disclosure", "found"),
    [
        (DisclosureLevel.PUBLIC, [True, True, True, True]),
        (DisclosureLevel.MEMBERS, [False, True, True, True]),
        (DisclosureLevel.NDA, [False, False, True, True]),
    ],
)
def test_nothing_is_found_by_a_text_that_the_reader_may_not_read(disclosure, found):
    one = write(SORBENT, disclosure="public")
    other = write("Новая разработка института.", f"{SORBENT_TOO} {SORBENT}", disclosure=disclosure)
    read_all()
    assert [similar_to(one, audience) == [other] for audience in Audience] == found


def test_the_technologys_own_confidential_text_finds_nothing_either():
    one = write("Новая разработка института.", SORBENT, disclosure="nda")
    write(SORBENT_TOO)
    read_all()
    assert [len(similar_to(one, audience)) for audience in Audience] == [0, 0, 1, 1]


def test_what_is_withdrawn_is_gone_at_once():
    one, other = write(SORBENT), write(SORBENT_TOO)
    read_all()
    before = similar_to(one)
    move_technology(technology=other, to=TechnologyState.ARCHIVED, by=create_staff())
    assert (before, similar_to(one)) == ([other], [])


def test_what_has_become_confidential_finds_nothing_before_it_is_read_again():
    one = write(SORBENT, disclosure="public")
    other = write("Новая разработка института.", f"{SORBENT_TOO} {SORBENT}", disclosure="public")
    read_all()
    before = similar_to(one)
    update_technology(technology=other, by=create_staff(), data={"disclosure": "nda"})
    after = similar_to(one)
    read_all()
    assert (before, after, similar_to(one)) == ([other], [], [])


def test_nothing_is_remembered_before_the_worker_has_read_it():
    one, other = write(SORBENT), write(SORBENT_TOO)
    before = similar_to(one)
    read_all()
    assert (before, similar_to(one)) == ([], [other])


def test_shared_words_are_those_that_the_reader_may_read():
    for number in range(30):
        write(f"{DAIRY} Вариант {number}.")
    one = write(SORBENT, "Носитель из магнетита Fe3O4.", disclosure="members")
    write(SORBENT_TOO, "Носитель из магнетита Fe3O4.", disclosure="members")
    read_all()
    one = Technology.objects.with_texts().get(pk=one.pk)
    words = {
        audience: {
            term.word for entry in similar_technologies(technology=one, audience=audience) for term in entry.terms
        }
        for audience in (Audience.PUBLIC, Audience.MEMBERS)
    }
    assert "Fe3O4" in words[Audience.MEMBERS] and "Fe3O4" not in words[Audience.PUBLIC]
    assert words[Audience.PUBLIC] and all(word in SORBENT_TOO for word in words[Audience.PUBLIC])


def test_shared_words_are_told_in_the_readers_language_where_there_is_such_a_text():
    for number in range(30):
        write(f"{DAIRY} Вариант {number}.")
    one, other = write(SORBENT), write(SORBENT_TOO)
    for technology in (one, other):
        TechnologyTextFactory(
            technology=technology, language="ko", provenance="human", title="흡착제", summary=SORBENT_KO
        )
    read_all()
    told = []
    for language in ("ko", "ru"):
        with translation.override(language):
            (entry,) = similar_technologies(technology=Technology.objects.with_texts().get(pk=one.pk), audience=0)
            told.append({term.language for term in entry.terms})
    assert told == [{"ko"}, {"ru"}]


@pytest.mark.parametrize("others", [1, 3])
def test_what_is_remembered_costs_two_queries(django_assert_num_queries, others):
    one = write(SORBENT)
    for _number in range(others):
        write(SORBENT_TOO)
    read_all()
    one = Technology.objects.with_texts().get(pk=one.pk)
    cache.clear()
    first = similar_technologies(technology=one, audience=Audience.PUBLIC)
    with django_assert_num_queries(2):
        again = similar_technologies(technology=one, audience=Audience.PUBLIC)
    assert (len(first), again) == (others, first)
