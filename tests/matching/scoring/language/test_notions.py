"""Notions of the list of terms, found in texts of three languages."""

import re

import pytest

from matching.scoring.language.notions import SHIPPED, Finder, all_lexemes, list_files, read_terms, shipped, surfaces

LINES = [
    "내식성 | 부식 저항성\tкоррозионная стойкость | коррозионностойкий\tcorrosion resistance",
    "전고체전지\tтвердотельный аккумулятор\tsolid-state battery",
    "전지\tаккумулятор\tbattery",
    "고체산화물 연료전지 | SOFC\tтвердооксидный топливный элемент | ТОТЭ\tsolid oxide fuel cell | SOFC",
    "로봇\tробот\trobot",
]


@pytest.fixture
def finder() -> Finder:
    return Finder(read_terms(LINES))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("내식성이 좋은 소재", [("corrosion resistance", "내식성")]),
        ("повышение коррозионной стойкости", [("corrosion resistance", "коррозионной стойкости")]),
        ("Corrosion-resistant; the corrosion resistance", [("corrosion resistance", "corrosion resistance")]),
        # With and without spaces, and a particle behind it.
        ("고체 산화물연료전지를", [("solid oxide fuel cell", "고체 산화물연료전지")]),
        ("SOFC 스택, ТОТЭ", [("solid oxide fuel cell", "SOFC"), ("solid oxide fuel cell", "ТОТЭ")]),
        # A long term is also found inside a compound; what it holds is its own.
        ("차세대전고체전지", [("solid-state battery", "전고체전지")]),
        ("리튬계전지를", [("battery", "전지")]),
        # A short one elsewhere is another word: 전지역 are all regions, 발전지 is a place of generation.
        ("전지역", []),
        ("발전지", []),
        ("전지역에", []),
        ("운전 지침", []),
        ("управляемый микроробот", [("robot", "робот")]),
        ("", []),
        ("😀 …", []),
        ("İstanbul 로봇", [("robot", "로봇")]),
    ],
)
def test_finder_finds_what_a_text_names(finder: Finder, text: str, found: list[tuple[str, str]]) -> None:
    assert [(notion.key, text[notion.start : notion.end]) for notion in finder.find(text)] == found


def test_a_phrase_of_which_one_common_word_is_left_is_no_term() -> None:
    finder = Finder(read_terms(["기술이전\tтрансфер технологий | передача технологии\ttechnology transfer"]))
    assert (finder.keys("heat transfer"), finder.keys("передача тепла"), finder.keys("기술 이전")) == (
        [],
        [],
        ["technology transfer"],
    )


def test_a_line_without_three_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="not three columns of terms: '로봇"):
        read_terms(["로봇\tробот"])


def test_a_notion_has_a_name_in_every_language(finder: Finder) -> None:
    notion = finder.by_key["corrosion resistance"]
    assert [notion.name(code) for code in ("ko", "ru", "en")] == [
        "내식성",
        "коррозионная стойкость",
        "corrosion resistance",
    ]


def test_the_shipped_list_is_in_its_own_scripts() -> None:
    wrong = []
    for path in list_files():
        for notion in read_terms(path.read_text("utf-8").splitlines()):
            of_another = {"ko": "[а-яё]", "ru": "[가-힣]", "en": "[가-힣а-яё]"}
            for language, terms in notion.terms.items():
                wrong += [term for term in terms if re.search(of_another[language], term.lower())]
    assert wrong == []


def test_korean_nouns_of_one_syllable_are_marked_as_whole_words() -> None:
    """Unmarked they would be found in every other word; a mark that is none would be a part of the term."""
    wrong = []
    for path in list_files():
        for notion in read_terms(path.read_text("utf-8").splitlines()):
            marked = {noun for noun, _ in notion.nouns}
            wrong += [term for term in notion.terms["ko"] if re.fullmatch("[가-힣]", term) and term not in marked]
            wrong += [term for term in notion.terms["ko"] if re.search(r"[가-힣]\+", term)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "is_not", "names"),
    [
        ("줄기세포로 만든 인공피부", {"prisoner of war"}, {"stem cell"}),
        ("물건의 무게를 재고 싶습니다", {"inventory management"}, set()),
        ("예산군에 있는 공장, 예산 사과", {"budget"}, {"apple"}),
        ("예산을 줄인다", set(), {"budget"}),
        ("농가와 계약재배를 한다", {"smart contract"}, {"contract farming"}),
        ("가슴 성형에 쓰는 보형물", {"molding"}, {"plastic surgery"}),
        ("피로 젖은 거즈", {"metal fatigue"}, set()),
        ("금속 피로 균열", set(), {"metal fatigue"}),
        ("껍질을 말린 가루", {"sawdust"}, {"powder"}),
        ("시골 길 포장이 갈라진다", {"packaging"}, {"road pavement"}),
        ("식당 주방에서", {"bedroom"}, {"kitchen"}),
        ("감자밭과 사과밭, 잎담배", set(), {"potato", "apple", "tobacco"}),
        ("폐수의 6가크롬을", set(), {"hexavalent chromium"}),
        ("Steel plates transform your resources", {"electroplating", "transformer"}, set()),
        ("оптовая торговля тканями", {"fiber"}, {"textile material"}),
        ("наблюдение за звёздами", {"video surveillance"}, set()),
        ("за счёт роста в связи с этим стало больше серий", {"abacus", "binder", "steel", "sulfur"}, set()),
    ],
)
def test_senses_are_told_apart(text: str, is_not: set[str], names: set[str]) -> None:
    found = {*shipped().keys(text)}
    assert (found & is_not, names - found) == (set(), set())


def test_the_general_lists_are_read_before_those_of_industries() -> None:
    folders = [path.relative_to(SHIPPED).parent.as_posix() for path in list_files()]
    assert list(dict.fromkeys(folders)) == [".", "industries"]
    assert folders == sorted(folders)


def test_the_shipped_list_joins_three_languages() -> None:
    korean, russian = "폐수에서 중금속을 제거하는 흡착제", "Сорбент для удаления тяжёлых металлов из сточных вод"
    english = "Adsorbent removing heavy metals from wastewater"
    shared = set(shipped().keys(korean)) & set(shipped().keys(russian)) & set(shipped().keys(english))
    assert {"heavy metal", "wastewater"} <= shared


def test_a_term_may_end_in_the_stem_of_a_verb_whatever_ending_it_has() -> None:
    finder = Finder(read_terms(["판에 주름이 잡~ | 판 주름\tскладка\twrinkle", "흠집이 나\tцарапина\tscratch"]))
    assert finder.by_key["wrinkle"].terms["ko"] == ("판에 주름이 잡", "판 주름")
    texts = ("판에 주름이 잡힙니다", "판에 주름이 잡혀서", "얇은판에 주름이 잡혀서", "흠집이 나비처럼")
    assert [finder.keys(text) for text in texts] == [["wrinkle"], ["wrinkle"], [], []]


def test_lexemes_of_notions_stand_beside_those_of_words() -> None:
    lexemes = all_lexemes("용접 로봇")
    assert {"k:용접", "k:로봇", "n:welding", "n:robot"} <= {*lexemes}


def test_a_text_is_quoted_by_its_notions_and_without_particles() -> None:
    found = surfaces("용접이 어려운 뿌리를 CMP로")
    assert (found["n:welding"], found["k:용접"], found["k:뿌리"], found["e:cmp"]) == ("용접", "용접", "뿌리", "CMP")


def test_a_term_takes_no_single_syllable_off_the_next_word() -> None:
    """발전소 is a power plant, 열전 발전 소재 a material; compounds written apart are still found."""
    assert "power plant" not in shipped().keys("열전 발전 소재가 필요합니다")
    assert "power plant" in shipped().keys("수소 발전소에서") and "power plant" in shipped().keys("발전 소에서")
    assert "surface treatment" in shipped().keys("표면 처리기술")


def test_a_listed_word_is_not_told_as_a_part_of_it() -> None:
    assert {"lighting device", "luminaire"}.isdisjoint(shipped().keys("ultralight drone"))
    assert "robot" in shipped().keys("микроробот")


def test_what_only_goes_together_is_no_one_notion() -> None:
    """A finger is no wrist, watching no camera, detecting no sensor."""
    pairs = (("손가락", "wrist"), ("손가락", "запястье"), ("CCTV", "наблюдение"), ("센서", "Детектирование аномалий"))
    assert [pair for pair in pairs if {*shipped().keys(pair[0])} & {*shipped().keys(pair[1])}] == []
