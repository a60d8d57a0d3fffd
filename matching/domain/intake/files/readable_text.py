"""How much a decoded text looks like a text of its language, and not like bytes read in a wrong way."""

import re

# The commonest syllables, letters and characters: two thirds of an ordinary text consist of them.
HANGUL = frozenset(
    "이다의을는에를가기은로하고한지사자적대시전정인스용과리도제으장수성부서동비라어일화해보공나구상중국"
    "연관개발술소재조금합물질및터저원방생산계선단안효율년분야명호유식요설업체품열광체력신고속료트드아주"
)
RUSSIAN = frozenset("оеаинтсрвл")
CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国以要时来用们生到作地于出就分对成会可主发年动同工也能下过产种面方后多定"
    "行学法所经进等部度电力水化高自理起小物现加量两体制机点从业本性应开合因其前外天平形相全表间与关各重新线"
    "内数正明原利比质气第道变条结解建公无系最代通提直程料位入文品式设及管特件长基资流路级图统接接料技术研究"
)
# Signs that office texts have besides letters.
USUAL = frozenset("«»№—–…“”„‘’°±·×²³µ€₽§®©™~①②③④⑤㈜㎛㎜㎝㎡㎏℃%→←↔■□○●◎◇◆※▶▷・「」『』、。，：；（）％－～　")
CYRILLIC = re.compile("[А-яЁё]")
# A word does not go on in capitals or in another alphabet.
BROKEN_WORD = re.compile("[а-яё](?=[А-ЯЁ])|[A-Za-z](?=[А-яЁё])|[А-яЁё](?=[A-Za-z])")
HAN = re.compile("[\u4e00-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
SYLLABLE = re.compile("[가-힣]")


def plausibility(text: str, encoding: str) -> float:
    """From 0 to about 1: the share of common letters among all that are not English ones, less what is odd."""
    foreign = [letter for letter in text if ord(letter) > 127 and letter not in USUAL]
    if not foreign:
        return 0.0
    joined = "".join(foreign)
    if encoding == "cp949":
        return max(_share(joined, SYLLABLE, HANGUL), _all_of(joined, SYLLABLE))
    if encoding in ("cp1251", "koi8-r", "cp866"):
        broken = len(BROKEN_WORD.findall(text)) / len(foreign)
        return max(0.0, _share(joined, CYRILLIC, RUSSIAN) - 2 * broken)
    if encoding in ("gbk", "big5"):
        return max(min(_share(joined, HAN, CHINESE) * 1.5, 0.9), _all_of(joined, HAN))
    if encoding in ("shift_jis", "euc_jp"):
        return max(len(KANA.findall(joined)) / len(joined), _all_of(joined, JAPANESE))
    return _western(text, joined)


def _all_of(letters: str, script: re.Pattern[str]) -> float:
    """Possible, although the words are rare: at least every letter is of the script."""
    return 0.25 if len(script.findall(letters)) == len(letters) else 0.0


def _share(letters: str, script: re.Pattern[str], common: frozenset[str]) -> float:
    of_script = script.findall(letters)
    odd = 1 - len(of_script) / len(letters)
    return max(0.0, sum(letter.lower() in common for letter in of_script) / len(letters) - odd)


def _western(text: str, foreign: str) -> float:
    """Single letters with accents among many without: é, ü, ñ. Never sure: it always decodes."""
    accents = sum("\u00c0" <= letter <= "\u00ff" for letter in foreign) / len(foreign)
    english = sum("a" <= letter.lower() <= "z" for letter in text)
    return 0.4 * accents if english > 4 * len(foreign) else 0.0
