"""Whoever decides about something has seen it as it stands: no form and no function lets that be left out."""

import ast
from pathlib import Path

from django import forms
from django.utils.module_loading import import_string

from kr_ru_platform.web.fields import RevisionField

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "matching", "projects")
# How a function is told what somebody has seen.
SEEN = frozenset({"expected_revision", "revisions", "seen"})
# What decides about nothing that could have become another thing meanwhile.
FREE = {
    "take": "who is in charge; it changes nothing that was read",
    "post_message": "a message; that it answers a question follows from the state",
    "close_demand": "an own demand, which can be opened again at any time",
    "take_claim_back": "by whoever has written it",
    "take_name_back": "by whoever has written it",
    "cancel_import": "nothing is stored, whatever the file says by now",
    "approve_import": "its view compares the whole list that was shown",
    "move": "a part of others, which have looked",
    "refusal_of": "asks, and decides nothing",
    "refusal_of_approval": "asks, and decides nothing",
    "must_say_why": "asks, and decides nothing",
}


def functions(*folders: str) -> dict[str, ast.FunctionDef]:
    found = {}
    for app in APPS:
        for path in [file for folder in folders for file in sorted((ROOT / app).glob(f"{folder}/**/*.py"))]:
            tree = ast.parse(path.read_text())
            found |= {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return found


def calls(node: ast.AST) -> set[str]:
    names = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {name.id if isinstance(name, ast.Name) else getattr(name, "attr", "") for name in names}


def asks_table(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "MOVES"
        for one in ast.walk(node)
    )


def deciding() -> dict[str, ast.FunctionDef]:
    """Those with an actor that move a state, themselves or by another."""
    known = functions("domain")
    moving = {name for name, node in known.items() if asks_table(node)}
    while more := {name for name, node in known.items() if name not in moving and calls(node) & moving}:
        moving |= more
    by_somebody = {name: known[name] for name in moving if "by" in parameters(known[name])}
    return {name: node for name, node in by_somebody.items() if not name.startswith("_")}


def parameters(node: ast.FunctionDef) -> set[str]:
    return {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}


def test_function_that_decides_is_told_what_was_seen() -> None:
    found = deciding()
    assert {name for name, node in found.items() if not SEEN & parameters(node)} == FREE.keys()
    assert found.keys() >= {"confirm_organisation", "verify_outcome", "move_technology", "introduce", "uphold_claim"}


def test_view_that_decides_says_what_was_seen() -> None:
    """By name, or with everything that its form holds."""
    told = deciding().keys() - FREE.keys()
    silent = set()
    for node in functions("views", "pages").values():
        for call in [one for one in ast.walk(node) if isinstance(one, ast.Call) and calls(ast.Expr(one)) & told]:
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            words = {word.arg for word in call.keywords}
            if name in told and "by" in words and not words & {None, *SEEN}:
                silent.add(name)
    assert silent == set()


def test_what_was_seen_cannot_be_left_out_of_any_form() -> None:
    fields = {
        f"{form.__name__}.{name}": field
        for form in all_forms()
        for name, field in form.base_fields.items()
        if "revision" in name
    }
    assert {name for name, field in fields.items() if not isinstance(field, RevisionField)} == set()
    assert {field.clean(None) for field in fields.values()} == {RevisionField.NOT_SENT}


def all_forms() -> list[type[forms.BaseForm]]:
    found = []
    for app in APPS:
        for path in sorted((ROOT / app / "forms").glob("**/*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            names = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]
            classes = [import_string(f"{module}.{name}") for name in names]
            found += [one for one in classes if isinstance(one, type) and issubclass(one, forms.BaseForm)]
    return found
