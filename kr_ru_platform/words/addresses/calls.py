"""Does a name ask to be called? It stands in mails to people who never asked for one.

Telephone numbers of the countries that write here, however they are spelt. The numbers of organisations (ИНН, ОГРН,
사업자번호, 법인번호), years, standards and grades are none.
"""

import re
import unicodedata

# Letters that are written for a dash where the keyboard has none at hand.
DASHES_BETWEEN = re.compile(r"(?<=\d)\s*[ㅡᅳー一]\s*(?=\d)")
# Digits in circles among plain ones hide a number and write no name, however short it is: "②⑧⑧1588".
CIRCLED = "①-⑳⓪⓵-⓾❶-➓⑴-⒇"
CIRCLED_RUN = re.compile(rf"(?=[\d\s.-]*[{CIRCLED}])[\d{CIRCLED}](?:[\s.-]*[\d{CIRCLED}]){{5,}}")
TELEPHONES = re.compile("[☎☏✆📞📟📠📱📲🕻🕼🕽🕾🕿🖀]")
# "O1O-I234", "ㅇ1ㅇ-1234", "공일공 일이삼사 오육칠팔": read aloud they are a number.
LETTER_DIGITS = str.maketrans("oоοliі|", "0001111")
# Before they are joined to a syllable.
LONE_LETTERS = str.maketrans("ㅇㅣ", "ol")
KOREAN_DIGITS = str.maketrans("공영일이삼사오육칠팔구", "00123456789")
SPOKEN_RUN = re.compile(r"[0-9공영일이삼사오육칠팔구](?:[\s.-]*[0-9공영일이삼사오육칠팔구]){7,}")
MIXED_RUN = re.compile(r"(?<![^\W\d])[0-9oоοliі](?:[\s.()-]*[0-9oоοliі]){7,}(?![^\W\d])")
# What stands between two digits of one number.
RUN = re.compile(r"\+?\s*\(?\d(?:[\s.()-]{0,3}\d)+")
SHAPES = (
    # With the sign or the code that dials abroad.
    re.compile(r"\+[\s(]*\d(?:[\s.()-]*\d){7,14}(?!\d)"),
    # 123-45-67, (495) 123-45-67; not 123-45-67890, which is a business number.
    re.compile(r"(?<!\d)\d{3}[\s.-]\d{2}[\s.-]\d{2}(?![\s.-]?\d)"),
    # 495-123-4567, 02-123-4567, 8-800-555-3535
    re.compile(r"(?<!\d)\(?\d{2,4}\)?[\s.-]{1,3}\d{3,4}[\s.-]\d{4}(?![\s.-]?\d)"),
    # (3952) 12-34-56: a Russian town whose numbers have six or five digits.
    re.compile(r"(?<!\d)(?<!ту )(?<!гост )\(?\d{4,5}\)?[\s.-]{0,3}(?<!\d)\d{1,2}[\s.-]\d{2}[\s.-]\d{2}(?![\s.-]?\d)"),
    # 82 2 1234 5678: from abroad, without the sign.
    re.compile(r"(?<!\d)82[\s.()-]{1,3}\d{1,2}[\s.()-]{1,3}\d{3,4}[\s.-]{1,3}\d{4}(?![\s.-]?\d)"),
    # Korean numbers of companies: 1588-1234.
    re.compile(r"(?<![\d-])1[568]\d\d[\s.-]{1,3}\d{4}(?![\d-])"),
)
# The digits alone: Korean ones begin with 0, Russian ones have eleven and begin with 7 or 8. From abroad, with the zero
# that is left out there, they are as long as no number of a register that begins with 82.
DIGITS = re.compile(
    r"0\d{8,14}|[78][3489]\d{9}|8210\d{8}|82(?:2\d{8}|[3-6]\d{8})|82\d{11,12}|18(?:00|33|44|55|66|77|88)\d{7}"
)
# Eight in one piece are a number of Seoul or of a company (15881234); the code of a register has its name before it.
EIGHT = re.compile(r"(?<![\w-])(?<![\d)][\s.])\d{8}(?![\w-])(?!\s?\d)")
DAY = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# Numbers in a register, by their names: ИНН also begins with 0.
REGISTERED = re.compile(
    r"(?:\b(?:инн|огрн|огрнип|окпо|inn|ogrn|okpo)\b|사업자(?:등록)?(?:번호)?|법인(?:등록)?(?:번호)?)\W{0,3}"
    r"(?:\d{15}|\d{13}|\d{6}-\d{7}|\d{12}|\d{10}|\d{8}|\d{3}-\d{2}-\d{5})(?!-?\d)"
)
# What a device or a trade is called too: "㈜한국전화 2000", "АО «Факс-2000»". A year after it is a year. The word for
# telephone alone names nobody, so it asks to be called after a legal form, too: "㈜전화 1332", not "㈜콜센터 114".
NOUN = (
    r"(?:\b(?:tel|phone|telephone|fax|hotline|whatsapp|viber|телефон\w*|тел|моб|факс|whats)\b|\bmobile(?=[^\w\n]{0,4}\d)"
    r"|(?:(?<![가-힣])|(?<=대표|무료|상담|문의|고객|안내|긴급|즉시|직통|유선|회사|법인|조합))전화(?![국기])"
    r"|(?<!\(주\))(?<!주식회사)(?<!주식회사\s)(?:핸드폰|휴대폰|콜센터|팩스))"
)
WORD = r"(?:\b(?:call|dial|звон\w+|позвон\w+|набер\w+)\b|연락|문의|상담|계좌|송금)"
NUMBER = r"[^\d\n]{0,12}\d[\d\s-]{1,}\d"
YEAR = r"[^\d\n]{0,12}(?:19|20)\d\d(?![\s-]*\d)"
CALLS = (
    re.compile(NOUN + rf"(?!{YEAR})" + NUMBER),
    re.compile(WORD + NUMBER),
    re.compile(r"\d[\d\s-]{1,}\d\s*(?:번)?\s*(?:으로|로|에)?\s*(?:전화|연락|문의|상담|call\b|звон\w+|позвон\w+)"),
)


def has_number_to_call(text: str) -> bool:
    """A telephone number, also one that is only written to be read as one, or the word to call one."""
    if TELEPHONES.search(text) or CIRCLED_RUN.search(text):
        return True
    plain = REGISTERED.sub(" ", _plain(text))
    spelt = SPOKEN_RUN.sub(lambda found: found[0].translate(KOREAN_DIGITS), plain)
    spelt = MIXED_RUN.sub(lambda found: found[0].translate(LETTER_DIGITS), spelt)
    if any(sign.search(spelt) for sign in (*SHAPES, *CALLS)):
        return True
    if any(not DAY.fullmatch(found) for found in EIGHT.findall(spelt)):
        return True
    return any(DIGITS.fullmatch(re.sub(r"\D", "", run[0])) for run in RUN.finditer(spelt))


def _plain(text: str) -> str:
    """Small letters, plain digits, a dash for whatever else stands between them, nothing that nobody sees."""
    wide = unicodedata.normalize("NFKC", text.translate(LONE_LETTERS)).casefold()
    seen = [_sign(sign) for sign in wide if unicodedata.category(sign) not in {"Cf", "Cc", "Mn", "Me"}]
    return DASHES_BETWEEN.sub("-", "".join(seen))


def _sign(sign: str) -> str:
    """Circled digits are digits; those of other scripts too."""
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    return sign if sign.isalnum() or sign.isspace() or sign in "+()" else "-"
