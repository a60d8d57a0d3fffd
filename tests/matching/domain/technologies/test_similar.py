"""What stands beside a technology: near in any language, and only by what this reader may read."""

import pytest
from django.core.cache import cache
from django.utils import translation

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder, index_technologies
from matching.domain.technologies.curation import move_technology, update_technology
from matching.domain.technologies.similar import similar_technologies
from matching.enums import Audience, DisclosureLevel, TechnologyState
from matching.models import EmbeddingSpace, Technology
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db

SORBENT = "Магнитный сорбент извлекает ионы никеля и хрома из сточных вод гальванического производства."
SORBENT_KO = "자성 흡착제로 도금 공장 폐수에서 니켈과 크롬 이온을 제거한다."
SORBENT_TOO = "Сорбент с магнитными свойствами очищает сточные воды гальваники от ионов никеля."
CATALYST = "Катализатор гидрирования."
LASER = "Волоконный лазер мощностью 3 кВт режет листовую сталь."
DAIRY = "Закваска молочнокислых бактерий для йогурта улучшает пищеварение."
FURTHER = [
    "Полупроводниковый датчик водорода для систем безопасности электростанций.",
    "Программа распознаёт дефекты сварных швов на рентгеновских снимках.",
    "Семена пшеницы обрабатывают холодной плазмой, чтобы повысить всхожесть.",
    "Композитный баллон из углеродного волокна хранит газ под давлением 700 бар.",
]


def write(summary: str, description: str = "", **values) -> Technology:
    language = values.setdefault("source_language", "ru")
    technology = TechnologyFactory(**values, text=False)
    texts = {"summary": summary, "description": description, "advantages": "", "sought": ""}
    TechnologyTextFactory(technology=technology, language=language, title=summary[:40], **texts)
    return technology


@pytest.fixture(autouse=True)
def others() -> list[Technology]:
    """A catalogue of other things: in a handful of texts of one kind, none is nearer than the rest."""
    return [write(text) for text in (LASER, DAIRY, *FURTHER)]


def read_all() -> None:
    """As the worker does, without the scores."""
    index_technologies(technology_ids=list(Technology.objects.values_list("id", flat=True)))
    EmbeddingSpace.objects.all().delete()
    refresh_space(encoder=index_encoder())


def similar_to(technology: Technology, audience: Audience = Audience.PUBLIC) -> list[Technology]:
    technology = Technology.objects.with_texts().get(pk=technology.pk)
    return [entry.technology for entry in similar_technologies(technology=technology, audience=audience)]


def test_similar_ones_are_found_in_any_language_best_first_and_others_not():
    one, same, other_language = write(SORBENT), write(SORBENT_TOO), write(SORBENT_KO, source_language="ko")
    read_all()
    assert similar_to(one) == [same, other_language]


def test_nothing_is_similar_to_what_is_alone():
    one = write(SORBENT)
    read_all()
    assert similar_to(one) == []


def test_what_is_not_published_is_shown_to_nobody():
    one = write(SORBENT)
    for state in TechnologyState:
        if state != TechnologyState.PUBLISHED:
            write(SORBENT_TOO, state=state)
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
    one = write("Новая разработка института.", f"{SORBENT} {SORBENT_TOO}", disclosure="nda")
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


def terms_of(technology: Technology, audience: Audience) -> list[tuple[str, str]]:
    technology = Technology.objects.with_texts().get(pk=technology.pk)
    (entry,) = similar_technologies(technology=technology, audience=audience)
    return [(term.word, term.language) for term in entry.terms]


def test_what_both_speak_of_is_only_what_the_reader_may_read():
    one, _other = write("Сорбент.", CATALYST, disclosure="members"), write("Сорбент.", CATALYST, disclosure="members")
    read_all()
    with translation.override("ru"):
        told = [
            any(word.startswith(("катал", "гидр")) for word, _ in terms_of(one, audience))
            for audience in (Audience.PUBLIC, Audience.MEMBERS)
        ]
    assert told == [False, True]


def test_what_both_speak_of_is_told_in_the_readers_language():
    one, _other = write(SORBENT), write(SORBENT_KO, source_language="ko")
    read_all()
    told = []
    for language in ("ko", "ru", "en"):
        with translation.override(language):
            told.append({language for _, language in terms_of(one, Audience.PUBLIC)})
    assert told == [{"ko"}, {"ru"}, {"en"}]


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_remembered_costs_two_queries(django_assert_num_queries, count):
    one = write(SORBENT)
    for _number in range(count):
        write(SORBENT_TOO)
    read_all()
    one = Technology.objects.with_texts().get(pk=one.pk)
    cache.clear()
    first = similar_technologies(technology=one, audience=Audience.PUBLIC)
    with django_assert_num_queries(2):
        again = similar_technologies(technology=one, audience=Audience.PUBLIC)
    assert (len(first), again) == (count, first)
