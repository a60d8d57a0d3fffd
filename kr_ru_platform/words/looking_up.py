"""Search boxes of lists: what was typed is found in a column however either is written.

`column__holds=word` and `column__reads=words` compare keys. The key is made of a column by a function of the
database and of what was typed by `search_key`; both are written here, once, so that they agree. It is coarser than
`fold`: look-alike letters are one everywhere, dashes and quotation marks count for nothing.
"""

import re
import unicodedata
from typing import Any

from django.db.models import CharField, Lookup, TextField

from kr_ru_platform.words.reading.characters import clean
from kr_ru_platform.words.reading.folding import APOSTROPHES, DASHES, QUOTES
from kr_ru_platform.words.reading.grades import LOOK_ALIKES

# Another way of making keys is another function, made by another migration: a test holds this number to the text.
FUNCTION = "search_key_1"
MOST_WORDS = 10
_CAPITALS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x370, 0x530)) if len(chr(code).lower()) == 1]
_DELETED = [*DASHES, *APOSTROPHES, *QUOTES, "\u00ad", *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F)))]
_DELETED += [*map(chr, range(0x2060, 0x2070)), "\ufeff", "\ufe0e", "\ufe0f", "\u0301", "\u0300"]
_MAPPED = {capital: capital.lower() for capital in _CAPITALS if capital.lower() != capital}
_MAPPED |= {"ё": "е", "×": "x", "ı": "i", "ς": "σ", "\u2044": "/"}
_MAPPED = {sign: chr(ord(to)).translate({**LOOK_ALIKES, ord("ё"): "e"}) for sign, to in _MAPPED.items()}
_MAPPED |= {chr(code): latin for code, latin in LOOK_ALIKES.items()}
_MAPPED = {sign: to for sign, to in _MAPPED.items() if unicodedata.normalize("NFKC", sign) == sign}
_DELETED = [sign for sign in dict.fromkeys(_DELETED) if sign not in _MAPPED]
_TABLE = {**{ord(sign): to for sign, to in _MAPPED.items()}, **{ord(sign): None for sign in _DELETED}}
_ASCII = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
# In the words of both Python's and PostgreSQL's regular expressions.
_RULES = (
    (r"[ \t\n\r\u00a0]+", " "),
    (r"(?<=[0-9])[ ,](?=[0-9]{3}(?![0-9]))", ""),
    (r"(?<=[0-9]),(?=[0-9])", "."),
    (r"(?<=[0-9]) (?=[^0-9 ])|(?<=[가-힣]) (?=[가-힣])", ""),
)


def search_key(text: str) -> str:
    key = unicodedata.normalize("NFKC", clean(text)).translate(_ASCII).translate(_TABLE)
    for rule, replacement in _RULES:
        key = re.sub(rule, replacement, key)
    return key


def search_words(text: str) -> list[str]:
    """The words of what was typed into a box; each is to be found by itself."""
    return clean(text).split()[:MOST_WORDS]


def sql_of_function() -> str:
    """What a migration runs."""
    mapped = "".join(_MAPPED)
    expression = (
        f"translate(normalize($1, NFKC), {_quoted(mapped + ''.join(_DELETED))}, {_quoted(''.join(_MAPPED.values()))})"
    )
    expression = f"translate({expression}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    for rule, replacement in _RULES:
        expression = f"regexp_replace({expression}, {_quoted(rule)}, {_quoted(replacement)}, 'g')"
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        f"AS $function$ SELECT {expression} $function$"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class _ByKey(Lookup):
    prepare_rhs = False
    compared: str

    def wanted(self) -> str:
        return search_key(str(self.rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{FUNCTION}({column}::text) {self.compared} %s", (*params, self.wanted())


class HoldsText(_ByKey):
    """Somewhere in the column."""

    lookup_name = "holds"
    compared = "LIKE"

    def wanted(self) -> str:
        key = search_key(str(self.rhs)).strip()
        return "%" + re.sub(r"([\\%_])", r"\\\1", key) + "%"


class ReadsAs(_ByKey):
    """The whole column."""

    lookup_name = "reads"
    compared = "="


def register() -> None:
    for column in (CharField, TextField):
        for lookup in (HoldsText, ReadsAs):
            column.register_lookup(lookup)
