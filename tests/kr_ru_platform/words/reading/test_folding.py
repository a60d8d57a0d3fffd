"""One reading of texts, names and numbers, whatever they were typed with."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kr_ru_platform.words.reading.folding import clean, clean_line, fold, fold_email, fold_id, fold_number, without_case

LETTERS = (
    "abckmnopstxyzABCEHKMOPTXYав екмнорстухьжлАВЕКМНОРСТУХЁё가"
    "한글기술ÄßİıﬁＡａ１０９８'-–−.,/()«»%°²₂½ ㎡㈜ﾾￂﾤㅎㅏ\u200b\u00ad\u202e\u0301\u0308\n"
)
texts = st.one_of(st.text(max_size=60), st.text(alphabet=LETTERS, max_size=60))
UNSEEN = ("\u200b", "\u00ad", "\u200d", "\ufeff", "\u202e", "\u2066", "\u2060", "\u3164")


@given(texts)
@example("a\u200d\u200d\ufe0f😀\u200d")
@example("Ё\u0308")
@example("е\u0323\u0308\u0308")
@example("0TВ")
@example("10сm 5МРа")
def test_clean_and_fold_of_what_is_clean_and_folded_change_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert [f(f(text)) for f in (fold_id, fold_number, fold_email)] == [
        f(text) for f in (fold_id, fold_number, fold_email)
    ]


@given(texts)
def test_what_is_stored_compares_like_what_was_typed(text: str) -> None:
    assert fold(clean(text)) == fold(text)


@given(texts, st.sampled_from(UNSEEN), st.integers(0, 60))
def test_fold_sees_neither_composition_nor_what_is_unseen(text: str, unseen: str, at: int) -> None:
    text = clean(text)
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    # Between two signs that join, even what nobody sees is a sign of its own.
    if not any(map(unicodedata.combining, text)):
        assert fold(text[:at] + unseen + text[at:]) == fold(text)


@given(texts)
def test_clean_and_fold_keep_a_text_that_has_letters(text: str) -> None:
    has_letters = any(c.isalnum() for c in text if c not in "\u3164\uffa0\u115f\u1160")
    assert bool(clean_line(text)) >= has_letters
    assert bool(fold(text)) >= has_letters


@given(st.text(alphabet="abcXYZ019 -.,'()", max_size=40))
def test_fold_reads_full_width_like_half_width(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in text)
    assert fold(wide) == fold(text)


@given(st.text(alphabet="абвгдежзиклмнопрстуфхцчшщъыьэюя ", max_size=40))
def test_fold_leaves_russian_words_in_their_script(text: str) -> None:
    assert fold(text) == " ".join(text.split())


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=40))
def test_fold_leaves_english_words_as_they_are(text: str) -> None:
    assert fold(text) == " ".join(text.split())


@given(st.text(alphabet="가각간갇힣한글기술 ", max_size=40))
def test_fold_leaves_korean_words_as_they_are(text: str) -> None:
    assert fold(text) == " ".join(text.split())


@pytest.mark.parametrize(
    "same",
    [
        ("12Х18Н10Т", "12X18H10T", "12х18н10т", "12-Х18Н10Т"),
        ("ВТ6", "BT6", "ВТ-6", "вт6", "В\u200bТ6", "ＢＴ６"),
        ("Ti‑6Al‑4V", "Ti6Al4V", "Ti-6Al-4V", "TI–6AL–4V", "Ti-6-Al-4-V", "Ｔｉ－６Ａｌ－４Ｖ"),
        ("АМг6", "АМг-6", "AMг6"),
        ("Д16Т", "Д-16Т", "Д16T"),
        ("09Г2С", "09Г2C"),
        ("ХН77ТЮР", "XH77TЮP"),
        ("30ХГСА", "30XГCA"),
        ("7075-T6", "7075T6", "7075–Т6"),
        ("Al₂O₃", "Al2O3", "Аl2О3"),
        ("сталь", "cтaль", "CTAЛЬ"),
        ("tungsten", "tungstеn"),
        ("0,5", "0.5", "０，５", "0\u200b,5"),
        ("1,000,000", "1 000 000", "1.000.000", "1\u202f000\u00a0000", "1000000"),
        ("10мм", "10 мм", "10-мм", "10\u00a0мм"),
        ("10MPa", "10 MPa", "10㎫"),
        ("T-образный", "Т-образный"),
        ("е-learning", "e-learning", "E‑Learning"),
        ("pH-метр", "рН-метр"),
        ("3D печать", "3Д печать", "3Dпечать", "3д печать"),
        ("220В", "220 В", "２２０В"),
        ("24V DC", "24 V DC"),
        ("500W", "500 W"),
        ("20мА", "20 мА"),
        ("100Ω", "100 Ω", "100Ω"),
        ("64ГБ", "64 ГБ"),
        ("1'000'000", "1’000’000", "1,000,000"),
        ("№5", "No. 5", "No 5"),
        ("20 °C", "20℃", "20°С", "20 ºC"),
        ("50%", "50 %", "５０％"),
        ("10 × 20", "10x20", "10х20", "10*20"),
        ("10⁶", "10^6"),
        ("м²", "м2"),
        ("1½", "1 1/2"),
        ("㈜", "(주)", "（주）"),
        ("istanbul", "İstanbul", "ISTANBUL", "ıstanbul"),
        ("Straße", "STRASSE", "STRAẞE"),
        ("ёлка", "елка", "Ёлка", "е\u0308лка"),
        ("сталь", "ста́ль", "СТА\u0301ЛЬ"),
        ("ﬁlm", "film"),
        ("ﾡ", "ㄱ", "ᄀ"),
        ("ﾾￂﾤ", "한", "한"),
        ("ｶﾞ", "ガ", "ガ"),
        ("R&D’s", "r&d's", "R＆D`s"),
        ("«а»", "“а”", '"а"', "„а“"),
        ("열·유체", "열ㆍ유체", "열・유체"),
        ("١٢٣", "123"),
        ("ABC™", "abc"),
        ("6\ufe0f\u20e3", "6"),
    ],
)
def test_fold_reads_these_alike(same: tuple[str, ...]) -> None:
    assert {text: fold(text) for text in same} == dict.fromkeys(same, fold(same[0]))


@pytest.mark.parametrize(
    "different",
    [
        ("10⁶", "106"),
        ("Al2O3-ZrO2", "Al2O3ZrO2"),
        ("3D-печать", "3Dпечать"),
        ("вот", "bot"),
        ("сор", "cop"),
        ("1,5", "15"),
        ("0,500", "0500"),
        ("А-1-1", "А-11"),
        ("хай", "хаи"),
        ("5G", "5 g"),
        ("4V", "4 v"),
        ("30Д", "30d"),
        ("Х15В", "Х15 В"),
        ("5'6", "56"),
    ],
)
def test_fold_tells_these_apart(different: tuple[str, str]) -> None:
    assert fold(different[0]) != fold(different[1])


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("면적 10㎡, ㈜한빛, 10² ½ ①", "면적 10㎡, ㈜한빛, 10² ½ ①"),
        ("a\u200bb\u00adc\u202ed\ufeff", "abcd"),
        ("a\u00a0b\u3000c\td", "a b c d"),
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("nul\x00 bell\x07 \x9b", "nul bell "),
        ("\u1112\u1161\u11ab", "한"),
        ("👩\u200d🔬 ❤\ufe0f 1\ufe0f\u20e3 a\ufe0f", "👩\u200d🔬 ❤\ufe0f 1\ufe0f\u20e3 a"),
        ("half\ud800", "half"),
        ("Ｆｕｌｌ", "Ｆｕｌｌ"),
    ],
)
def test_clean_keeps_what_a_text_says(typed: str, stored: str) -> None:
    assert clean(typed) == stored


def test_numbers_of_registration_are_their_digits() -> None:
    typed = [
        "１２４－８１－００９９８",
        "124 81 00998",
        "124.81.00998",
        "124ㅡ81ㅡ00998",
        "124–81—00998",
        "사업자등록번호: 124-81-00998",
        "\u200b124‑81‑00998 ",
    ]
    assert {fold_number(text) for text in typed} == {"1248100998"}
    assert (fold_number("ИНН 7707083893"), fold_number("HRB 123"), fold_number("НRВ-123")) == (
        "7707083893",
        "hrb123",
        "hrb123",
    )


def test_ids_differ_by_more_than_case_and_dash() -> None:
    assert {fold_id(text) for text in ("RT-001", "rt–001", "ＲＴ － 001", "RТ‑001")} == {"rt-001"}
    assert len({fold_id(text) for text in ("A-1-1", "A-11", "A11", "A-1.1")}) == 4


def test_addresses_are_read_in_half_width_and_small() -> None:
    typed = (" Ｋim＠Example．com\u200b", "KIM@EXAMPLE.COM", "k\u00adim@example.com\u00a0", "kim@example。com")
    assert {fold_email(text) for text in typed} == {"kim@example.com"}
    assert fold_email("Почта@Пример.рф") == "почта@пример.рф"


def test_without_case_is_no_fold_of_numbers() -> None:
    assert without_case("Ёлка 1,5 ВТ-6") == "елка 1,5 вт-6"


@pytest.mark.parametrize(
    "hostile",
    ["1" * 200_000, "1," * 100_000, "1-a" * 70_000, "о" * 200_000, "1" + "о" * 200_000 + "z", "a\u0301\u0316" * 70_000]
    + ["a" + "\u0301\u0316" * 100_000, "(" * 200_000, "1 000 " * 30_000, "1.000" * 40_000, "\u200d" * 200_000]
    + ["1a-" * 70_000, "ᄀ" * 200_000, "ﾾￂ" * 100_000, "cт" * 100_000, " " * 200_000, "\ufdfa" * 20_000],
    ids=lambda text: ascii(text[:6]),
)
def test_long_texts_are_folded_in_time(hostile: str) -> None:
    begun = time.process_time()
    fold(hostile)
    fold_number(hostile)
    fold_id(hostile)
    assert time.process_time() - begun < 5


def test_address_is_one_whether_its_domain_is_in_letters_or_in_code():
    assert fold_email("A@ПРИМЕР.рф") == fold_email("a@xn--e1afmkfd.xn--p1ai") == "a@пример.рф"
    assert fold_email("a@xn--broken\u3042.org") == "a@xn--brokenあ.org"
