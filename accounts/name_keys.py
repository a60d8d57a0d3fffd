"""Keys under which names of organisations are compared: equal keys, one name.

Two keys for each name. The *whole* key lets spelling pass (width, case, quotation marks, spaces between
Hangul, ㈜ for 주식회사, ООО for its long form) but keeps the legal form: ООО and АО of one name are two
companies. The *core* key leaves the legal form out; it only says that names look alike.
"""

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kr_ru_platform.words.folding import fold
from kr_ru_platform.words.names import fold_name

LONGEST = 320
CORE = "~"
# One word for each legal form, and how it is written. Spellings are already folded.
LEGAL_FORMS = {
    "주식회사": ("(주)", "주식회사"),
    "유한회사": ("(유)", "유한회사"),
    "유한책임회사": ("(유한책임)", "유한책임회사"),
    "합자회사": ("(합)", "(합자)", "합자회사"),
    "합명회사": ("(합명)", "합명회사"),
    "재단법인": ("(재)", "재단법인"),
    "사단법인": ("(사)", "사단법인"),
    "학교법인": ("(학)", "학교법인"),
    "ооо": ("ооо", "ooo", "общество с ограниченной ответственностью"),
    "пао": ("пао", "pao", "публичное акционерное общество"),
    "зао": ("зао", "zao", "закрытое акционерное общество"),
    "оао": ("оао", "oao", "открытое акционерное общество"),
    "нао": ("нао", "nao", "непубличное акционерное общество"),
    "ао": ("ао", "ao", "акционерное общество"),
    "ип": ("ип", "индивидуальный предприниматель"),
    "фгбун": ("фгбун", "федеральное государственное бюджетное учреждение науки"),
    "фгаун": ("фгаун", "федеральное государственное автономное учреждение науки"),
    "фгбоу": (
        "фгбоу во",
        "фгбоу впо",
        "фгбоу",
        "федеральное государственное бюджетное образовательное учреждение высшего образования",
    ),
    "фгаоу": (
        "фгаоу во",
        "фгаоу",
        "федеральное государственное автономное образовательное учреждение высшего образования",
    ),
    "фгбу": ("фгбу", "федеральное государственное бюджетное учреждение"),
    "фгуп": ("фгуп", "федеральное государственное унитарное предприятие"),
    "co ltd": ("co ltd", "company limited"),
    "llc": ("llc", "l l c", "limited liability company"),
    "inc": ("inc", "incorporated"),
    "corp": ("corp", "corporation"),
    "ltd": ("ltd", "limited"),
    "gmbh": ("gmbh",),
    "ag": ("ag",),
    "srl": ("srl", "s r l"),
    "spa": ("spa", "s p a"),
    "jsc": ("jsc", "joint stock company"),
}
BRACKETED = [(token, form) for form, ways in LEGAL_FORMS.items() for token in ways if token.startswith("(")]
WORDED = sorted(
    ((token, form) for form, ways in LEGAL_FORMS.items() for token in ways if not token.startswith("(")),
    key=lambda pair: -len(pair[0]),
)
AT_AN_END = [(re.compile(rf"^{re.escape(token)}(?= |$)|(?:^| ){re.escape(token)}$"), form) for token, form in WORDED]
# Written onto the name without a space: 주식회사한결, 한결주식회사.
GLUED = [(re.compile(rf"^{token}|{token}$"), token) for token in LEGAL_FORMS if re.match(r"[가-힣]{4}", token)]


def name_keys(*names: str) -> list[str]:
    """Whole and core keys of all these names, each once."""
    keys = [key for name in names for key in (whole_key(name), core_key(name)) if key]
    return list(dict.fromkeys(keys))


def whole_key(name: str) -> str:
    core, forms = _parts(name)
    return "|".join([core, *sorted(forms)])[:LONGEST] if core else ""


def core_key(name: str) -> str:
    """Without any legal form, also those that say little enough to be left out of searches."""
    core = fold_name(name).replace(" ", "")
    return (CORE + core)[:LONGEST] if any(map(str.isalnum, core)) else ""


def core_words(name: str) -> tuple[str, ...]:
    """The words of a name without its legal forms, for a search that knows only some of them; Hangul stays one word."""
    return tuple(_parts(name)[0].split())


def _parts(name: str) -> tuple[str, set[str]]:
    """A name without its legal forms, and those: they stand at either end, now and then at both."""
    text, forms = fold(name), set()
    for token, form in BRACKETED:
        if token in text:
            text = text.replace(token, " ")
            forms.add(form)
    text = _spaced(text)
    while found := _without_a_form(text):
        text, form = found
        forms.add(form)
    for rule, form in GLUED:
        if (rest := rule.sub("", text)) and rest != text:
            text = rest.strip()
            forms.add(form)
    return re.sub(r"(?<=[가-힣]) (?=[가-힣])", "", text), forms


def _without_a_form(text: str) -> tuple[str, str] | None:
    for rule, form in AT_AN_END:
        rest = _spaced(rule.sub(" ", text, count=1))
        if rest and rest != text:
            return rest, form
    return None


def _spaced(text: str) -> str:
    return " ".join(re.sub(r"[^\w&+]|_", " ", re.sub("['\"]", "", text)).split())


class NameKeys(ArrayField):
    """The keys of a row's `spelled_names`, kept whenever the row is saved."""

    def __init__(self, base_field: models.Field | None = None, **options: Any) -> None:
        options |= {"default": list, "blank": True, "editable": False}
        super().__init__(base_field or models.CharField(max_length=LONGEST), **options)

    def pre_save(self, model_instance: Any, add: bool) -> list[str]:
        keys = name_keys(*model_instance.spelled_names)
        setattr(model_instance, self.attname, keys)
        return keys
