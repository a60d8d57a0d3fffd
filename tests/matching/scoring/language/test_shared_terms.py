"""What may be told as a term of two texts: whole words that stand in both, in one meaning."""

import pytest

from matching.scoring.language.shared_terms import in_common, is_general, terms_of, weight_of, whole_words


def told(one, other):
    return [(shared.one, shared.other) for shared in in_common(one, other)]


@pytest.mark.parametrize(
    ("one", "other", "terms"),
    [
        # A term of the list, as each text writes it, without particle or ending.
        (
            "펌프의 내마모성을 높인다",
            "повышена износостойкость насосов",
            [("펌프", "насосов"), ("내마모성", "износостойкость")],
        ),
        ("음성 인식률이 낮다, 음성 인식 모델", "Speech recognition models", [("음성 인식률", "Speech recognition")]),
        ("폐수에서 중금속을 거른다", "сточные воды", [("폐수", "сточные воды")]),
        # The longer term alone, not its parts beside it.
        ("레이저 절단을 한다", "лазерная резка листов", [("레이저 절단", "лазерная резка")]),
        ("로봇 제작", "микроробот", [("로봇", "микроробот")]),
        # Formulas and abbreviations stand for themselves.
        ("TiO2와 CMP 슬러리", "покрытие TiO2, CMP", [("TiO2", "TiO2"), ("CMP", "CMP")]),
        # A Korean word that no list has, where one text shows that it is a noun.
        ("비드형상을 본다", "비드형상 검사", [("비드형상", "비드형상")]),
    ],
)
def test_terms_of_both_texts_are_told_as_they_stand(one, other, terms):
    assert told(one, other) == terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("부품을 만드는 회사입니다", "그릇을 만드는 사람"),  # a verb
        ("베어링이 닳습니다", "비용이 줄습니다"),  # an ending
        ("수명이 3개월입니다", "설치에 6개월이 걸립니다"),  # a counter
        ("저희는 소기업입니다", "소기업을 위한 제도"),  # what a company says of itself
        ("새로운 기술을 개발합니다", "기술 개발 방법"),  # general words
        ("разработка новой системы и метода", "новая система, методы разработки"),
        ("a new method and system for production", "method, system and production technology"),
        ("두께 0.3, 온도 1300", "0.3과 1300"),  # numbers without unit
        ("전기버스", "전기와 버스"),  # pairs of syllables
        ("미리 알고 싶다", "미리 알고 있었다"),  # adverbs and verbs that stand bare
        ("전선을 만든다", "Работа проводится в институте"),  # провод, but another word
        ("렌즈", "объективная оценка объекта"),  # объектив
        ("그래핀", "граф и вершины графа"),
        ("온도계로 측정", "a meter long"),
        ("조명", "ultralight frame"),
    ],
)
def test_what_is_no_term_of_both_is_not_told(one, other):
    assert told(one, other) == []


@pytest.mark.parametrize("word", ["기술", "소기업", "개월", "системы", "методами", "technologies", "and", "и"])
def test_general_words_say_nothing(word):
    assert is_general(word)


def test_terms_stand_where_the_whole_words_do():
    text = "고속열차용 리튬이온배터리의 과열"
    spans = {text[term.start : term.end] for term in terms_of(text)}
    assert "리튬이온배터리" in spans
    assert all(text[term.end : term.end + 1] in (" ", "의", "") for term in terms_of(text))


def test_weight_of_a_korean_word_is_that_of_its_pairs():
    assert weight_of("k:비드형상", {"k:비드": 1.0, "k:형상": 2.0, "k:용접": 5.0}) == 3.0
    assert (weight_of("n:laser", {"n:laser": 1.5}), weight_of("e:laser", {})) == (1.5, 0)


def test_marks_are_told_with_their_whole_words():
    pieces = [("고온용 ", False), ("열전", True), ("소재를 ", False), ("lasers", True), (" x", False)]
    assert whole_words(pieces) == ["열전소재", "lasers"]
    assert whole_words([("열전 소재로", True), (" 만든다", False)]) == ["열전 소재"]
    assert whole_words([]) == []
