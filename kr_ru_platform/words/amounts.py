"""Amounts as Koreans write and read them: 만 (ten thousand) and 억 (hundred million)."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format

from kr_ru_platform.words.reading.folding import without_case

UNITS = {"조": 10**12, "억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3}
PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(조|억|천만|백만|만|천)?")


def parse_amount(text: str) -> Decimal:
    """A whole amount from what a person typed: "1억 2,000만원", "7.8억", "1,500,000".

    Raises ValueError for anything that cannot be read as one amount without guessing: units
    that do not fall from large to small, fractions of one won, other words.
    """
    compact = re.sub(r"[\s,_]|원$|won$|krw|₩", "", without_case(text).strip())
    if not compact:
        raise ValueError("empty")
    total, position, last_unit = Decimal(0), 0, None
    while position < len(compact):
        part = PART.match(compact, position)
        if part is None:
            raise ValueError(f"not an amount: {text!r}")
        unit = UNITS[part[2]] if part[2] else 1
        if last_unit is not None and unit >= last_unit:
            raise ValueError(f"units out of order: {text!r}")
        try:
            total += Decimal(part[1]) * unit
        except InvalidOperation as error:
            raise ValueError(f"not an amount: {text!r}") from error
        position, last_unit = part.end(), unit
    if total != total.to_integral_value():
        raise ValueError(f"not a whole amount: {text!r}")
    return total.to_integral_value()


def korean_amount(amount: Decimal | int) -> str:
    """An amount in 조/억/만 units without loss: 780000000 → "7억 8,000만"."""
    rest = int(amount)
    if rest == 0:
        return "0"
    sign, rest = ("-", -rest) if rest < 0 else ("", rest)
    words = []
    for name, unit in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        count, rest = divmod(rest, unit)
        if count:
            words.append(f"{count:,}{name}")
    return sign + " ".join(words)


def won(amount: Decimal | int | None, language: str) -> str:
    """An amount of won for a reader: "7억 8,000만원" in Korean, "₩780,000,000" elsewhere."""
    if amount is None:
        return "–"
    if language.startswith("ko"):
        return f"{korean_amount(amount)}원"
    return f"₩{number_format(int(amount), use_l10n=True, force_grouping=True)}"
