"""Korean terms in compounds, before particles, and as whole words."""

import pytest

from matching.scoring.language.notions import Finder, read_terms

LINES = [
    "감자\tкартофель\tpotato",
    "줄기세포\tстволовая клетка\tstem cell",
    "포로\tвоеннопленный\tprisoner of war",
    "가죽\tкожа\tleather",
    "죽제품\tизделие из бамбука\tbamboo article",
    "회의\tсовещание\tmeeting",
    "프로판\tпропан\tpropane",
    "비철금속 | 금속\tметалл\tmetal",
    "이스트\tдрожжи\tyeast",
    "보험업\tстрахование\tinsurance",
    "무선통신\tрадиосвязь\tradio communication",
    "통신망\tсеть связи\tcommunication network",
    "6가크롬 | 육가크롬\tшестивалентный хром\thexavalent chromium",
    "쌀+\tрис\trice",
    "재고++ | 재고 관리\tтоварные запасы\tinventory",
    "천+을/으로 | 직물\tткань\ttextile",
]


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(read_terms(LINES))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Where something grows is a field of it; what a suffix is left of is still the term.
        ("감자밭에서", [("potato", "감자")]),
        ("감자류와 감자나", [("potato", "감자"), ("potato", "감자")]),
        ("감자튀김", [("potato", "감자")]),
        ("6가크롬을 6가 크롬으로", [("hexavalent chromium", "6가크롬"), ("hexavalent chromium", "6가 크롬")]),
        # The end of a word and what stands behind it are no word of their own.
        ("줄기세포로 만든", [("stem cell", "줄기세포")]),
        ("가죽제품의", [("leather", "가죽")]),
        ("3회의 시험", []),
        ("3일 회의를", [("meeting", "회의")]),
        ("프로판올", []),
        # But two that share a whole part are both meant, and some syllables stand before words.
        ("무선통신망", [("radio communication", "무선통신"), ("communication network", "통신망")]),
        ("재보험업", [("insurance", "보험업")]),
        ("웨이스트", []),
    ],
)
def test_terms_stand_where_words_begin_and_end(finder: Finder, text: str, found: list[tuple[str, str]]) -> None:
    assert [(notion.key, text[notion.start : notion.end]) for notion in finder.find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("쌀을 씻는다", ["쌀"]),
        ("쌀 포대", ["쌀"]),
        ("쌀쌀한 날씨", []),
        ("쌀가루", []),
        ("재고를 줄인다", ["재고"]),
        ("무게를 재고 싶습니다", []),
        ("재고 관리", ["재고 관리"]),
        ("천으로 싼다", ["천"]),
        ("천의 얼굴", []),
        ("천 개", []),
    ],
)
def test_marked_nouns_are_found_as_whole_words_only(finder: Finder, text: str, found: list[str]) -> None:
    assert [text[notion.start : notion.end] for notion in finder.find(text)] == found


def test_marks_are_shown_to_nobody() -> None:
    notions = read_terms(LINES)
    assert [notion.name("ko") for notion in notions][-3:] == ["쌀", "재고", "천"]
    assert [notion.terms["ko"] for notion in notions][-3:] == [("쌀",), ("재고", "재고 관리"), ("천", "직물")]
