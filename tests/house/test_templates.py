"""Rules that hold for every template and style sheet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
FILES = sorted(path for path in FOLDER.rglob("*.*") if path.is_file())
TEMPLATES = [path for path in FILES if path.suffix == ".html"]
PAGES = [path for path in TEMPLATES if "mail" not in path.parts and "email" not in path.parts]
FOLDERS = sorted({path.parent for path in FILES})
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
# Their names are given by packages, and there stands a page that nobody may lack, so that it extends none.
NAMED_BY_OTHERS = ("account", "allauth", "django")
STAND_ALONE = {"base.html", "400.html", "500.html"}
EXTENDS = re.compile(r"{%\s*extends\s")
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on""", re.I)


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_has_nothing_inline_that_the_security_policy_forbids(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_template_is_at_most_120_lines_of_160_characters(path):
    lines = path.read_text().splitlines()
    assert (len(lines) <= 120, [line for line in lines if len(line) > 160]) == (True, [])


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_at_most_12_templates_lie_side_by_side(folder):
    assert len([path for path in FILES if path.parent == folder]) <= 12


def test_partials_and_only_they_begin_with_an_underscore():
    assert [name(path) for path in PAGES if is_misnamed(path.relative_to(FOLDER), path.read_text())] == []


def is_misnamed(path, text):
    """What extends another template is a page; else it is a part of pages, and its name says so."""
    if path.parts[0] in NAMED_BY_OTHERS or str(path) in STAND_ALONE:
        return False
    is_page, has_underscore = bool(EXTENDS.match(text)), path.name.startswith("_")
    if path.parts[0] == "components":
        return is_page or has_underscore
    return is_page == has_underscore


@pytest.mark.parametrize("path", STYLES + SCRIPTS, ids=name)
def test_static_file_is_at_most_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


def test_rules_find_what_they_forbid():
    forbidden = ['<p style="x">', '<a onclick="x()">', "<script>x</script>", "<style>p{}</style>"]
    assert [bool(INLINE.search(text)) for text in forbidden] == [True] * 4
    assert INLINE.search('<script src="/x.js" defer></script>') is None
    page, part = '{% extends "base.html" %}', "<p>x</p>"
    names = [("matching/x.html", part), ("matching/_x.html", page), ("components/_x.html", part), ("x.html", part)]
    assert [is_misnamed(Path(path), text) for path, text in names] == [True] * 4
    names = [("matching/x.html", page), ("matching/_x.html", part), ("components/x.html", part), ("base.html", part)]
    assert [is_misnamed(Path(path), text) for path, text in names] == [False] * 4
