"""What else a query may have meant: only what finds something for this reader."""

import pytest

from matching.domain.finding.search import answer
from matching.enums import Audience, DisclosureLevel, TechnologyState
from matching.models import Technology
from matching.scoring.language.keyboard import korean
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(fake_embedder):
    texts = {
        "laser": ("ru", "Волоконный лазер для резки", "Мощность 3 кВт.", ""),
        "thermo": ("ko", "열전소재 제조 공정", "폐열로 전기를 만듭니다.", ""),
        "thermometer": ("ko", "무선 온도계", "열전소자를 쓰지 않습니다.", ""),
        "learning": ("ru", "Электронное обучение студентов", "Электронные курсы и тестирование.", ""),
        "glass": ("en", "Quartz glass melting furnace", "Energy-saving melting.", "Germanium dopant."),
    }
    made = {
        name: TechnologyFactory(
            source_language=language,
            disclosure=DisclosureLevel.MEMBERS,
            text__title=title,
            text__summary=summary,
            text__description=description,
            text__advantages="",
            text__sought="",
        )
        for name, (language, title, summary, description) in texts.items()
    }
    sweep_technologies()
    return {name: technology.pk for name, technology in made.items()}


def ask(query, audience=Audience.PUBLIC):
    return answer(query=query, audience=audience, within=Technology.objects.published())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fpdlwj", "레이저"),  # the catalogue has it in Russian only
        ("kfpth", "лазер"),
        ("дфыук", "laser"),
        ("ㅣㅁㄴㄷㄱ", "laser"),
        ("dufwjsthwo", "열전소재"),
        ("'ktrnhjyyjt j,extybt", "электронное обучение"),
    ],
)
def test_another_layout_is_offered_when_nothing_is_found(catalogue, typed, meant):
    found = ask(typed)
    assert (meant in found.layouts, found.hits, found.asked_instead) == (True, (), "")
    assert ask(meant).hits != ()


@pytest.mark.parametrize("typed", ["zhxld", "ntnfyjk", "qwerty", "асдфг"])
def test_another_layout_that_finds_nothing_is_not_offered(catalogue, typed):
    assert ask(typed).layouts == ()


def test_what_a_reader_may_not_read_is_not_offered(catalogue):
    """Germanium typed in the Hangul mode, nearly, and in two parts: the word stands in the members' part."""
    typed = (korean("germanium"), "germaniun", "germ anium")
    told = {query: (ask(query), ask(query, Audience.MEMBERS)) for query in typed}
    said = {
        query: tuple("germanium" in (*found.layouts, *found.spellings, found.asked_instead) for found in both)
        for query, both in told.items()
    }
    assert said == dict.fromkeys(typed, (False, True))


def test_what_is_not_published_is_not_offered(catalogue):
    TechnologyFactory(state=TechnologyState.DRAFT, text__title="Титановый крепёж", text__summary="")
    sweep_technologies()
    assert ask("титановвый крепёжж").spellings == ()
    assert ask("nbnfyjdsq").layouts == ()


@pytest.mark.parametrize(
    ("typed", "instead", "name"),
    [
        ("열전소제", "열전소재", "thermo"),
        ("лазр", "лазер", "laser"),
        ("quarz", "quartz", "glass"),
        ("электроннное", "электронное", "learning"),
        ("quartzglass", "quartz glass", "glass"),
        ("элек тронное", "электронное", "learning"),
    ],
)
def test_a_slip_of_the_pen_finds_what_was_meant(catalogue, typed, instead, name):
    found = ask(typed)
    assert (found.asked_instead, found.hits[0].technology_id) == (instead, catalogue[name])


def test_one_wrong_word_of_several_is_offered_and_the_rest_is_found(catalogue):
    found = ask("лазр для резки")
    assert (found.asked_instead, found.spellings[:1]) == ("", ("лазер для резки",))
    assert catalogue["laser"] in [hit.technology_id for hit in found.hits]


def test_a_query_with_a_word_that_stays_unknown_is_not_answered_by_another_word(catalogue):
    """ "Beautiful lazer": what has lasers is offered, not shown as what was asked for."""
    found = ask("красивый лазр")
    assert (found.asked_instead, found.spellings[:1]) == ("", ("красивый лазер",))
    assert [hit for hit in found.hits if hit.found_by != "meaning"] == []


def test_capitals_and_look_alike_letters_find_the_same(catalogue):
    for typed in (("лазер для резки", "ЛАЗЕР ДЛЯ РЕЗКИ", "Лазер Для Резки"), ("quartz glass", "QUARTZ GLАSS")):
        found = [[(hit.technology_id, hit.score, hit.found_by) for hit in ask(query).hits] for query in typed]
        assert found == [found[0]] * len(typed)


def test_a_word_that_is_spelt_right_brings_nothing_like_it(catalogue):
    """Nothing here is about electrolytes: letters in common with electronic courses are no answer."""
    found = ask("твёрдый электролит")
    by_words = [hit for hit in found.hits if hit.found_by != "meaning"]
    assert (by_words, found.spellings, found.asked_instead) == ([], (), "")


def test_what_is_found_in_full_is_not_read_otherwise(catalogue):
    found = ask("лазер")
    assert (found.layouts, found.spellings, found.asked_instead, found.is_weak) == ((), (), "", False)
