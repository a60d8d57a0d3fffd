"""States and kinds are named by their enums: a word that is spelt wrong must not pass as one that never comes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
APPS = ("kr_ru_platform", "accounts", "matching", "projects")
CODE = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = [path for path in sorted((ROOT / "templates").rglob("*.*")) if path.is_file()]
# Columns whose values are words of the trade, not steps of ours: languages, fields, countries.
OTHERS = {"language", "source_language", "field", "country"}
COMPARED = re.compile(r"""\.(\w+) *(?:==|!=) *["'](\w+)["']""")
# One partial draws every kind of event, by its kind; sums of outcomes are plain rows.
BRANCHES = {"templates/matching/requests/_event.html", "templates/projects/overview/home/_success_cases.html"}


def choices() -> dict[str, set[str]]:
    """Column → the values that it can have, of all models together."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model._meta.app_label in APPS else ():
            if field.choices and field.name not in OTHERS | {"history_type"}:
                found.setdefault(field.name, set()).update(str(value) for value, _label in field.choices if value)
    return found


def words_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for each in node.elts:
            yield from words_of(each)


def bare_words(text: str, columns: dict[str, set[str]]) -> Iterator[tuple[int, str]]:
    """`row.state == "open"` and `filter(need__state__in=["open"])`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            names = {side.attr for side in sides if isinstance(side, ast.Attribute)}
            words = [word for side in sides for word in words_of(side)]
            line = node.lineno
        elif isinstance(node, ast.keyword) and node.arg:
            names, words = {node.arg.removesuffix("__in").rpartition("__")[2]}, list(words_of(node.value))
            line = node.value.lineno
        else:
            continue
        yield from ((line, word) for name in names for word in words if word in columns.get(name, ()))


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_names_states_by_their_enums(path):
    assert list(bare_words(path.read_text(), choices())) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_asks_the_row_for_its_state(path):
    columns = choices()
    if str(path.relative_to(ROOT)) not in BRANCHES:
        assert [found for found in COMPARED.findall(path.read_text()) if found[1] in columns.get(found[0], ())] == []


def test_rules_find_what_they_forbid():
    columns = {"state": {"open"}}
    code = 'a.state == "open"; f(need__state__in=["open"]); b.state in ("open", "x"); c == "open"; g(state=State.OPEN)'
    assert len(list(bare_words(code, columns))) == 3
    assert COMPARED.findall("{% if row.state == 'open' %}") == [("state", "open")]
