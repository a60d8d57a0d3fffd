"""No app looks up: what string foreign keys and reverse relations hide from the import contracts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
# Imports point down; so do foreign keys, and so does every name by which rows are reached.
APPS = ("kr_ru_platform", "accounts", "matching", "projects")
LOWER_APPS = APPS[:-1]
LOOKUP = re.compile(r"-?[a-z_]+")


def reverse_names(app: str) -> set[str]:
    """Names by which rows of the apps above are reached from a row that it has a relation to."""
    above = APPS[APPS.index(app) + 1 :]
    relations = [
        relation
        for model in apps.get_models()
        if model._meta.app_label in APPS and model._meta.app_label not in above
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in above and not relation.hidden
    ]
    accessors = {relation.get_accessor_name() for relation in relations}
    return accessors | {relation.field.related_query_name() for relation in relations}


def names_in_code(text: str) -> Iterator[tuple[int, str]]:
    """Attributes, keywords and strings in the form of a look-up, cut at each double underscore."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield from ((node.value.lineno, name) for name in node.arg.split("__"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and LOOKUP.fullmatch(node.value):
            yield from ((node.lineno, name) for name in node.value.lstrip("-").split("__"))


def names_in_template(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        for tag in re.findall(r"{[{%].*?[%}]}", line):
            yield from ((number, name) for name in re.findall(r"\.([a-z_]+)", tag))


def code_of(app: str) -> list[Path]:
    return [path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def templates_of(app: str) -> list[Path]:
    """Those of its own folder; what belongs to no app is the frame's."""
    folders = [ROOT / "templates" / name for name in APPS[1:]]
    if app in APPS[1:]:
        return sorted((ROOT / "templates" / app).rglob("*.*"))
    found = [path for path in sorted((ROOT / "templates").rglob("*.*")) if path.is_file()]
    return [path for path in found if not any(path.is_relative_to(folder) for folder in folders)]


@pytest.mark.parametrize("app", LOWER_APPS)
def test_no_code_reads_apps_above_through_a_reverse_name(app):
    names = reverse_names(app)
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in code_of(app)
        for line, name in names_in_code(path.read_text())
        if name in names
    ]
    assert found == []


@pytest.mark.parametrize("app", LOWER_APPS)
def test_no_template_reads_apps_above_through_a_reverse_name(app):
    names = reverse_names(app)
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in templates_of(app)
        for line, name in names_in_template(path.read_text())
        if name in names
    ]
    assert found == []


def test_rules_find_what_they_forbid():
    assert "research_tasks" in reverse_names("matching")
    assert {"technologies", "task_partnerships"} <= reverse_names("accounts")
    code = 'x.research_tasks.all(); f(a__technologies__in=1); g("-b__outcomes")'
    assert {name for _line, name in names_in_code(code)} >= {"research_tasks", "technologies", "outcomes"}
    assert list(names_in_template("<p>{{ row.research_tasks.all }}</p>\n{% for x in y.agreements %}.technologies")) == [
        (1, "research_tasks"),
        (1, "all"),
        (2, "agreements"),
    ]


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/domain/**/*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_domain_gives_codes_and_no_sentences(path):
    """What is translated stands in `wording`, in labels of models and enums, and on pages."""
    assert "gettext" not in path.read_text()
