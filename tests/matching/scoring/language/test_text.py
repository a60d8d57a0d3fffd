"""Texts as the engine reads them."""

import pytest

from matching.scoring.language import text
from matching.scoring.language.text import highlight, normalise, passages, sentences, tokenise


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("<p>Метод <b>сварки</b></p><script>alert(1)</script>", "Метод сварки"),
        ("a&nbsp;&amp;\u200b b\x00c", "a & b c"),
        ("Ｔｉ Ｏ₂  ㎏\r\n\n 두 번째", "Ti O2 kg\n두 번째"),
        ("5 < 6 и 7 > 3", "5 < 6 и 7 > 3"),
        ("<script>1</script>сталь<script><script>2</script>", "сталь"),
        ("<script <style>1</style> сталь <script", "<script сталь <script"),
        (f"сталь &#{'9' * 5_000}; &#38;", "сталь &"),
        ("", ""),
    ],
)
def test_normalise_leaves_plain_text(written: str, clean: str) -> None:
    assert normalise(written) == clean


def test_normalise_cuts_a_word_that_is_none() -> None:
    assert [len(word) for word in normalise("b" * 1_000 + " " + "x" * 2_001).split()] == [1_000, 1_000, 1_000, 1]


def test_normalise_cuts_what_no_profile_needs() -> None:
    assert len(normalise("가나 " * 100_000)) <= text.MAX_CHARACTERS


def test_sentences_keep_decimals_and_abbreviations_together() -> None:
    written = "Толщина 0.5 мм, т. е. мало. Проверено на 20 образцах! 두께는 1.5 mm입니다. 다음 문장."
    assert sentences(written) == [
        "Толщина 0.5 мм, т. е. мало.",
        "Проверено на 20 образцах!",
        "두께는 1.5 mm입니다.",
        "다음 문장.",
    ]


def test_passages_join_fragments_and_cut_long_sentences() -> None:
    long = " ".join(f"Слово{i}" for i in range(100)) + "."
    found = passages(f"Коротко. Ещё короче. {long}")
    assert [len(piece.split()) for piece in found] == [3, 60, 40]
    assert " ".join(found) == f"Коротко. Ещё короче. {long}"


@pytest.mark.parametrize(
    ("written", "lexemes"),
    [
        ("영구자석에서는", ["k:영구", "k:구자", "k:자석"]),
        ("сорбенты и сорбентов", ["r:сорбент"]),
        ("welding of welded TiO2 at 5G", ["e:weld", "x:tio2", "x:5g"]),
        ("EMS 모듈", ["e:em", "k:모듈"]),
        ("막", ["k:막"]),
        # Neither verbs nor what stands for nothing by itself.
        ("규격을 맞추지 못합니다", ["k:규격"]),
        ("쉽게 닳습니다", ["k:쉽게"]),
        ("쓸 수 있습니다", []),
        ("먼지를 막습니다", ["k:먼지"]),
        ("개발했습니다 개발합니다", ["k:개발"]),
        ("그리고 и the", []),
    ],
)
def test_tokenise_by_script(written: str, lexemes: list[str]) -> None:
    assert tokenise(written) == lexemes


def test_tokenise_keeps_what_both_texts_may_share() -> None:
    korean, russian = "SiC 웨이퍼 CMP 연마", "Полировка CMP пластин SiC"
    assert set(tokenise(korean)) & set(tokenise(russian)) == {"e:sic", "e:cmp"}


@pytest.mark.parametrize(
    ("written", "terms", "marked"),
    [
        ("Магнитные сорбенты для воды", ("сорбент",), ["сорбенты"]),
        ("비희토류영구자석을 만든다", ("자석",), ["자석"]),
        ("Welded joints", ("welding",), ["Welded"]),
        ("Лазерная резка", ("лазе",), ["Лазерная"]),
        ("ничего", (), []),
        ("Очистка металла от ржавчины", ("защита от коррозии",), []),
        ("Для защиты от коррозии труб", ("защита от коррозии", "трубы"), ["защиты от коррозии", "труб"]),
        ("표면처리와 표면 처리기술, 표면 기술", ("표면 처리",), ["표면처리", "표면 처리기술"]),
        ("산화막을 막습니다", ("막",), ["막"]),
        ("균열을 만드는 균", ("균",), ["균"]),
    ],
)
def test_highlight_marks_forms_of_the_terms(written: str, terms: tuple[str, ...], marked: list[str]) -> None:
    pieces = highlight(written, terms)
    assert "".join(piece for piece, _ in pieces) == written
    assert [piece for piece, is_marked in pieces if is_marked] == marked
