import pytest

from matching.scoring.language.spelling import alike, is_listed, may_join, parted, single_words

WORDS = [
    "полупроводник",
    "полупроводниковый",
    "электролит",
    "электронное",
    "лазер",
    "лазерная",
    "laser",
    "nanoparticles",
]
KOREAN = ["열전소재", "열전소자", "레이저", "레이더", "코팅", "코일", "도금"]


def first(word, others):
    return next((found.word for found in alike(word, others)), None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("полупрводник", "полупроводник"),
        ("палупроводник", "полупроводник"),
        ("полупроводниковй", "полупроводниковый"),
        ("лазр", "лазер"),
        ("лзаер", "лазер"),
        ("lasser", "laser"),
        ("nanopartcles", "nanoparticles"),
    ],
)
def test_alike_finds_the_word_with_a_slip(typed, meant):
    assert first(typed, WORDS) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("열전소제", "열전소재"), ("레이져", "레이저"), ("레이저를", "레이저"), ("코딩", "코팅")]
)
def test_alike_compares_korean_by_single_letters(typed, meant):
    assert first(typed, KOREAN) == meant


@pytest.mark.parametrize("typed", ["обучение", "лак", "ток", "laserplasma", "전지", "금", "tin"])
def test_alike_finds_nothing_that_is_another_word(typed):
    assert alike(typed, [*WORDS, *KOREAN]) == []


def test_alike_words_that_share_only_a_beginning_are_other_words():
    assert first("электролит", ["электронное", "электричество", "электровоз"]) is None


@pytest.mark.parametrize(
    ("word", "is_right"), [("электролита", True), ("레이저", True), ("wear", True), ("полупрводник", False)]
)
def test_is_listed_knows_words_in_every_form(word, is_right):
    assert is_listed(word) is is_right


def test_single_words_hold_korean_compounds_without_their_blank():
    assert single_words("열전 소재 film 코팅") == ["열전", "소재", "film", "코팅", "열전소재"]


def test_parts_of_a_word_are_long_enough_to_be_words():
    assert parted("лазеротжиг") == [("лазе", "ротжиг"), ("лазер", "отжиг"), ("лазеро", "тжиг")]
    assert parted("질화규소") == [("질화", "규소")]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [("лазерн", "ая", True), ("질화", "규소", True), ("TiO", "코팅", False), ("", "a", False)],
)
def test_only_words_of_one_script_may_be_one(one, other, is_one):
    assert may_join(one, other) is is_one


def test_alike_looks_at_the_list_of_terms_where_asked():
    assert alike("лазир", []) == []
    assert alike("лазир", [], with_listed=True)[0].word == "лазер"
