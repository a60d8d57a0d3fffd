"""Search boxes find what was typed however it is written."""

import hashlib

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation, User
from kr_ru_platform.words.looking_up import FUNCTION, search_key, search_words, sql_of_function
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory

SIGNS = "abЁёАвЯ한글 기-–−‑«»’,.019㈜ｶﾞ㎏ТM×\u00ad\u200b\u00a0\n½²Ⅳ%_\\"


def test_the_database_function_is_the_one_that_was_migrated() -> None:
    """Another text needs another number in its name and a migration that makes it."""
    assert (FUNCTION, hashlib.sha256(sql_of_function().encode()).hexdigest()[:12]) == ("search_key_1", "1a7597b83c92")


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(alphabet=SIGNS, max_size=30), min_size=1, max_size=20))
def test_python_and_the_database_make_the_same_keys(texts: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ARRAY(SELECT {FUNCTION}(t) FROM unnest(%s::text[]) t)", [texts])
        made = cursor.fetchone()[0]
    assert made == [search_key(text) for text in texts]


@pytest.mark.parametrize(
    "same",
    [
        ("ВТ6", "BT6", "вт-6", "ВТ‑6", "ＢＴ６"),
        ("Ti‑6Al‑4V", "Ti6Al4V", "ti-6al-4v"),
        ("0,5 мм", "0.5мм", "0.5\u00a0мм"),
        ("1 000 000", "1,000,000"),
        ("한국 기계 연구원", "한국기계연구원"),
        ("Ёлка", "елка"),
        ("Санкт–Петербург", "санкт-петербург"),
        ("soft\u00adware", "software", "soft\u200bware"),
    ],
)
def test_keys_are_the_same(same: tuple[str, ...]) -> None:
    assert len({search_key(text) for text in same}) == 1


def test_words_of_a_box_are_few_and_clean() -> None:
    assert search_words(" a\u200bb\u3000c " + "d " * 100) == ["ab", "c", *["d"] * 8]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "한빛정밀",
        "㈜한빛 정밀",
        "（주）한빛정밀",
        "한빛 정밀 주식회사",
        "Вымпел",
        "ООО «ВЫМПЕЛ»",
        "вымп\u00adел ёлка",
        "ｖｙｍｐｅｌ　ltd.",
        "１２４－８１－００９９８",
        "124 81 00998",
        "1248100998",
        "124–81",
        "인천",
    ],
)
def test_an_organisation_is_found_by_any_writing_of_its_name_or_number(typed: str) -> None:
    wanted = OrganisationFactory(
        name_ko="(주)한빛정밀",
        name_ru='ООО "Вымпел-Елка"',
        name_en="Vympel Co., Ltd.",
        city="인천",
        registration_number="124-81-00998",
    )
    OrganisationFactory(name_ko="다른 회사", name_ru="Другая", name_en="Other", city="서울", registration_number="")
    assert list(Organisation.objects.found_by(typed)) == [wanted]


@pytest.mark.django_db
def test_signs_of_patterns_are_only_signs() -> None:
    OrganisationFactory(name_ko="가나다")
    found = [Organisation.objects.filter(name_ko__holds=typed).count() for typed in ("%", "_나", "\\나", "나")]
    assert found == [0, 0, 0, 1]


@pytest.mark.django_db
def test_people_are_looked_up_whatever_their_name_is_written_with() -> None:
    user = UserFactory(full_name="Семёнов А.", email="semenov@example.com")
    found = [User.objects.filter(full_name__holds=typed).count() for typed in ("семенов", "СЕМЁНОВ", "Cеменов")]
    assert (found, User.objects.filter(full_name__reads="Семенов\u00a0А.").get()) == ([1, 1, 1], user)
