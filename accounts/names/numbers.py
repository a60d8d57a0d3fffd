"""Registration numbers of organisations: read however they are typed, checked by their check digits.

A number is kept as bare digits (a number of another register as capital letters and digits), so that
one written with full-width digits, spaces or any dash is the same number.
"""

import re
from collections.abc import Callable

from stdnum.ru import inn, ogrn

from accounts.enums import Country, NumberKind
from kr_ru_platform.words.reading.folding import fold_number

# Weights of the National Tax Service's check digit for business registration numbers.
BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
LONGEST = 60
# How people name the registers, above a column or before the number.
NAMED_BY = {
    NumberKind.KR_BUSINESS: "사업자",
    NumberKind.KR_CORPORATE: r"법인\s*(?:등록)?\s*번호",
    NumberKind.RU_INN: r"(?<![^\W_])(?:инн|inn)(?![^\W\d_])",
    NumberKind.RU_OGRN: r"(?<![^\W_])(?:огрн(?:ип)?|ogrn)(?![^\W\d_])",
}


def compact(text: str) -> str:
    """What is left of a number when nothing but its letters and digits counts."""
    return fold_number(text).upper()[:LONGEST]


def is_valid(kind: str, value: str) -> bool:
    """Whether a compact number can be of this kind: its length and, where it has one, its check digit."""
    return CHECKS[NumberKind(kind)](value)


def kinds_of(value: str) -> frozenset[NumberKind]:
    """The kinds that a compact number can be of: ten digits may be a Korean number or a Russian one."""
    strict = frozenset(kind for kind in CHECKS if kind not in LOOSE and CHECKS[kind](value))
    return strict or frozenset(kind for kind in LOOSE if CHECKS[kind](value))


def kind_in(value: str, country: str) -> NumberKind | None:
    """The one kind with check digits that a compact number is of, given the country; None where that cannot be told."""
    kinds = kinds_of(value) - LOOSE
    fitting = {kind for kind in kinds if COUNTRY_OF[kind] == country} or kinds
    return min(fitting) if len(fitting) == 1 else None


def kind_named(words: str, value: str) -> str:
    """The kind that a heading or the cell itself names for a compact number; empty where neither does."""
    named = {kind for kind, pattern in NAMED_BY.items() if re.search(pattern, words, re.IGNORECASE)}
    fitting = named & kinds_of(value)
    return min(fitting).value if len(fitting) == 1 else ""


def numbers_in(text: str) -> tuple[str, ...]:
    """What one cell says: several numbers, their names and the “.0” of spreadsheet programs are read apart.

    "ИНН/КПП 7707083893/770701001" is the first of the two, because the other one is in no register of organisations.
    Where nothing is of a known register, the cell as a whole is the number.
    """
    parts = [re.sub(r"^[^\W\d]*[\s:.№-]*(?=\d)", "", part.strip()) for part in re.split(r"[/,;\n]", text)]
    parts = [re.sub(r"(?<=\d)\.0+$", "", part) for part in parts]
    known = [part for part in parts if kinds_of(compact(part)) - LOOSE]
    return tuple(dict.fromkeys(known)) or (text,)


def written(kind: str, value: str) -> str:
    """As the register itself writes it."""
    if kind == NumberKind.KR_BUSINESS and len(value) == 10:
        return f"{value[:3]}-{value[3:5]}-{value[5:]}"
    if kind == NumberKind.KR_CORPORATE and len(value) == 13:
        return f"{value[:6]}-{value[6:]}"
    return value


def _is_business(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{10}", value) or not any(map(int, value)):
        return False
    numbers = [int(digit) for digit in value]
    total = sum(n * w for n, w in zip(numbers, BUSINESS_WEIGHTS, strict=False)) + numbers[8] * 5 // 10
    return (10 - total % 10) % 10 == numbers[9]


def _is_corporate(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{13}", value) or not any(map(int, value)):
        return False
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(value[:12]))
    return (10 - total % 10) % 10 == int(value[12])


def _is_inn(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{10}|[0-9]{12}", value) and any(map(int, value)) and inn.is_valid(value))


def _is_ogrn(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{13}|[0-9]{15}", value) and ogrn.is_valid(value))


def _is_some_number(value: str) -> bool:
    return len(value) > 3 and any(sign.isdigit() for sign in value)


CHECKS: dict[NumberKind, Callable[[str], bool]] = {
    NumberKind.KR_BUSINESS: _is_business,
    NumberKind.KR_CORPORATE: _is_corporate,
    NumberKind.RU_INN: _is_inn,
    NumberKind.RU_OGRN: _is_ogrn,
    NumberKind.OTHER: _is_some_number,
    NumberKind.EXTERNAL: bool,
}
LOOSE = frozenset({NumberKind.OTHER, NumberKind.EXTERNAL})
COUNTRY_OF = {
    NumberKind.KR_BUSINESS: Country.KOREA,
    NumberKind.KR_CORPORATE: Country.KOREA,
    NumberKind.RU_INN: Country.RUSSIA,
    NumberKind.RU_OGRN: Country.RUSSIA,
}
