"""All translatable strings of our code and templates, found without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
APPS = ["accounts", "kr_ru_platform", "matching", "projects"]
# How many leading arguments are texts, and whether the first is a context.
FUNCTIONS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
    "npgettext": (3, True),
    "npgettext_lazy": (3, True),
}
CALL = re.compile(r"\b(n?p?gettext|_)\(((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?\s*)+)")
TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")

# Where it stands, the key in a catalogue, and whether it has a plural.
Message = tuple[str, str, bool]


def messages() -> Iterator[Message]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from in_python(path)
    for path in sorted((ROOT / "templates").rglob("*.*")):
        yield from in_template(path)


def in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text())):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name in FUNCTIONS:
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield from message(f"{path.relative_to(ROOT)}:{node.lineno}", name, texts)


def in_template(path: Path) -> Iterator[Message]:
    for found in CALL.finditer(templatize(path.read_text(), origin=str(path))):
        texts = [ast.literal_eval(text) for text in TEXT.findall(found[2])]
        yield from message(str(path.relative_to(ROOT)), found[1], texts)


def message(place: str, name: str, texts: list[str]) -> Iterator[Message]:
    count, has_context = FUNCTIONS[name]
    if len(texts) < count:
        return
    context, first = (texts[0] + "\x04", texts[1]) if has_context else ("", texts[0])
    yield place, context + first, count - has_context == 2
