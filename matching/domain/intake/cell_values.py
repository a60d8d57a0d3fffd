"""One cell → the value that we keep, or what is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.enums import Country
from kr_ru_platform.words.addresses.web_addresses import validate_web_address
from kr_ru_platform.words.reading.folding import without_case
from matching.domain.intake.files.header_rows import ERROR_VALUE
from matching.domain.intake.value_words import choice_of
from matching.domain.texts.plain_text import to_plain_text
from matching.enums import Direction, DisclosureLevel, Field, IprStatus, TransferMode

CHOICES = {
    "country": Country,
    "field": Field,
    "direction": Direction,
    "disclosure": DisclosureLevel,
}
# Written where there is nothing to write; programs write some of them by themselves.
NOTHING = frozenset("- – — ― · . n/a na nan null none nil n.a. н/д 해당없음 해당사항없음 -없음- неуказано".split())
BARE_NUMBER = re.compile(r"[-+]?\d[\d.,\s]*(?:[eE][-+]?\d+)?")
# A formula that was saved as it was typed.
FORMULA = re.compile(r"=(?:[A-ZА-Я가-힣.]+\(|\$?[A-Z]{1,3}\$?\d|[\"'\d+(-]).*", re.DOTALL)
KEPT_ZEROS = re.compile(r'="([^"]*)"')
TRUTHS = frozenset("true false истина ложь".split())
# More digits than an office program keeps of a number: the last ones have become zeros.
ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE][+]?\d+|\d{16,}0000*(?:\.0)?")
LEVEL_WORD = r"(?:trl|угт|level|레벨|단계|제|уровень|ур\.?|stage|стадия|기술성숙도|성숙도|№)?"
LEVEL_END = r"(?:단계|수준|레벨|級|급|등급|(?:-?(?:й|ый|ий)\s*)?(?:уровень|ур\.?)|level|-?(?:й|ый|ий)|점)?"
ONE_LEVEL = rf"{LEVEL_WORD}[\s:.#-]*(?:{LEVEL_WORD})[\s:.#-]*([1-9])(?:[.,]0+)?\s*{LEVEL_END}"
LEVEL = re.compile(rf"{ONE_LEVEL}(?:\s*(?:/|из|of)\s*9)?", re.IGNORECASE)
LEVELS = re.compile(
    rf"{ONE_LEVEL}\s*(?:-|~|,|/|·|→|>|to|до|или|or|и|에서|부터|내지)+\s*{ONE_LEVEL}(?:까지)?", re.IGNORECASE
)
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
GRANTED = re.compile(
    r"등록|патент|patent|\b(?:RU|SU|EA|KR|US|EP|CN|JP|DE)[\s№-]*\d[\d\s-]{3,}\s*[BC]\d?\b", re.IGNORECASE
)
APPLIED = re.compile(r"출원|заявк|pending|appl", re.IGNORECASE)
SECRET = re.compile(r"노하우|영업비밀|ноу-хау|know-?how", re.IGNORECASE)


class CellError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value, and the code of what is remarkable about how it was read."""

    value: Any
    note: str = ""


def refuse_oddities(value: str, kind: str, *, is_text: bool, is_id: bool) -> None:
    """What an office program puts into a cell by itself is no text and no id."""
    if kind == "long":
        raise CellError("cell_too_long")
    if kind == "error" or ERROR_VALUE.fullmatch(value):
        raise CellError("error_value")
    if kind == "date":
        raise CellError("date_in_cell")
    if "\ufffd" in value or _is_twice_encoded(value):
        raise CellError("lost_characters")
    if is_id:
        _refuse_as_id(value, kind)
    if is_text:
        _refuse_as_text(value, kind)


def _refuse_as_id(value: str, kind: str) -> None:
    if kind == "boolean":
        raise CellError("boolean_value")
    if kind == "rounded" or ROUNDED.fullmatch(value):
        raise CellError("id_rounded")


def _refuse_as_text(value: str, kind: str) -> None:
    if FORMULA.fullmatch(value) and not KEPT_ZEROS.fullmatch(value):
        raise CellError("formula_as_text")
    if kind == "boolean" or without_case(value) in TRUTHS:
        raise CellError("boolean_value")
    if BARE_NUMBER.fullmatch(value):
        raise CellError("bare_number")


def unquoted(value: str) -> str:
    """="00012" is how office programs are made to keep zeros in CSV."""
    return found[1] if (found := KEPT_ZEROS.fullmatch(value)) else value


def is_nothing(value: str) -> bool:
    return re.sub(r"[\s_]+", "", without_case(value)) in NOTHING


def fact(column: str, value: str) -> ReadValue:
    if column in CHOICES:
        return ReadValue(choice(CHOICES[column], value, f"unknown_{column}"))
    readers: dict[str, Callable[[str], ReadValue]] = {
        "trl": _trl,
        "ipr_status": _ipr_status,
        "transfer_modes": _transfer_modes,
        "ipc_codes": _ipc_codes,
        "source_url": _url,
    }
    return readers[column](value)


def limited(value: str, limit: int) -> str:
    text = to_plain_text(value)
    if len(text) > limit:
        raise CellError("too_long")
    return text


def choice(enum: Any, value: str, code: str) -> Any:
    found = choice_of(enum, value)
    if found is None:
        raise CellError(code)
    return enum(found)


def _trl(value: str) -> ReadValue:
    text = without_case(value).replace("ー", "-")
    text = " ".join(text.strip(" '`’\u2018").split())
    text = re.sub(r"\s*[(\[].*[)\]]$", "", text)
    text = re.sub(r"\b(i{1,3}|iv|vi{0,3}|ix)\b", lambda found: str(ROMAN.index(found[0])), text)
    if match := LEVEL.fullmatch(text):
        return ReadValue(int(match[1]))
    if match := LEVELS.fullmatch(text):
        lower, upper = sorted((int(match[1]), int(match[2])))
        return ReadValue(lower, "trl_range" if lower < upper else "")
    raise CellError("wrong_trl")


def _ipr_status(value: str) -> ReadValue:
    if found := choice_of(IprStatus, value):
        return ReadValue(IprStatus(found))
    for pattern, status in ((APPLIED, IprStatus.APPLIED), (GRANTED, IprStatus.GRANTED), (SECRET, IprStatus.SECRET)):
        if pattern.search(value):
            is_both = status == IprStatus.APPLIED and GRANTED.search(value)
            return ReadValue(IprStatus.GRANTED if is_both else status, "ipr_read_as")
    raise CellError("unknown_ipr_status")


def _transfer_modes(value: str) -> ReadValue:
    words = [word for word in re.split(r"[,;/·|\n]|\s+(?:및|и|and)\s+", value) if word.strip()]
    modes = {choice(TransferMode, word, "unknown_transfer_modes") for word in words}
    return ReadValue([mode for mode in TransferMode if mode in modes])


def _ipc_codes(value: str) -> ReadValue:
    codes = [" ".join(code.split()).upper() for code in re.split(r"[,;\n]", value) if code.strip()]
    if any(not re.fullmatch(r"[A-H]\d{2}[A-Z]?(?: ?\d{1,4}(?:/\d{1,6})?)?", code) for code in codes):
        raise CellError("wrong_ipc")
    return ReadValue(list(dict.fromkeys(codes)))


def _url(value: str) -> ReadValue:
    address = limited(value, 500)
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?:[/?#:]\S*)?", address):
        address = f"https://{address}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        validate_web_address(address)
    except ValidationError as error:
        raise CellError("wrong_url") from error
    return ReadValue(address)


def _is_twice_encoded(value: str) -> bool:
    """Letters that were UTF-8 and read as Western European: "Ð¡Ð¿Ð¾Ñ\u0081Ð¾Ð±"."""
    if value.isascii() or not re.search("[ÐÑÃÂìíëêâ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2010-\u2122]", value):
        return False
    for encoding in ("latin-1", "cp1252"):
        try:
            value.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False
