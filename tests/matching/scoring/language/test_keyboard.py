import pytest

from matching.scoring.language.keyboard import jamo, korean, retyped


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Korean and Russian typed on a Latin layout, with capitals and signs that are letters elsewhere.
        ("fpdlwj", "레이저"),
        ("zhxld", "코팅"),
        ("xkdlxksba", "타이타늄"),
        ("QkfmsTkdrkr", "빠른쌍각"),
        ("Tpfkalr", "세라믹"),
        ("dkfma", "아름"),
        ("rkqtdl", "값이"),
        ("kfpth", "лазер"),
        ("Kfpth", "лазер"),
        ("gjrhsnbt", "покрытие"),
        ("ndthlsq 'ktrnhjkbn", "твердый электролит"),
        # Latin and Russian typed in the Hangul mode, as single letters and as syllables.
        ("ㅣㅁㄴㄷㄱ", "laser"),
        ("\u1175\u1106\u1102\u1103\u1100", "laser"),
        ("챔샤ㅜㅎ", "coating"),
        ("ㅏㄹㅔㅅㅗ", "лазер"),
        # Latin and Korean typed on a Russian layout.
        ("дфыук", "laser"),
        ("сщфештп", "coating"),
        ("азвдцо", "레이저"),
        # Only the words of the wrong layout change; grades and what another script says stay.
        ("TiO2 zhxld", "TiO2 코팅"),
        ("레이저 zhxld", "레이저 코팅"),
    ],
)
def test_retyped_reads_the_keys_of_another_layout(typed, meant):
    assert meant in retyped(typed)


@pytest.mark.parametrize("text", ["", "12 345", "!?"])
def test_retyped_makes_no_words_of_nothing(text):
    assert retyped(text) == []


def test_retyped_leaves_out_letters_that_make_no_syllable():
    assert retyped("laser") == ["дфыук"]
    assert retyped("zzz") == ["яяя"]


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("rkqtdjcl", "값어치"),
        ("Thorl", "쐐기"),
        ("dnjscjsrltnf", "원천기술"),
        ("dmlfy", "의료"),
        ("ekfr", "닭"),
        ("dkswdk", "앉아"),
        ("Rkakrnl", "까마귀"),
        ("dOrl", "얘기"),
    ],
)
def test_korean_puts_syllables_together(keys, word):
    assert korean(keys) == word


@pytest.mark.parametrize(
    ("text", "letters"),
    [("값어치", "ㄱㅏㅂㅅㅇㅓㅊㅣ"), ("쐐기", "ㅆㅗㅐㄱㅣ"), ("닭 TiO2", "ㄷㅏㄹㄱ TiO2"), ("ㅘ", "ㅗㅏ")],
)
def test_jamo_takes_syllables_apart(text, letters):
    assert jamo(text) == letters
