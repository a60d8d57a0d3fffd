"""Rules that hold for every template and style sheet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.parts and "email" not in path.parts]
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on""", re.I)


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_has_nothing_inline_that_the_security_policy_forbids(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_is_at_most_120_lines(path):
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", STYLES + SCRIPTS, ids=name)
def test_static_file_is_at_most_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


def test_rules_find_what_they_forbid():
    forbidden = ['<p style="x">', '<a onclick="x()">', "<script>x</script>", "<style>p{}</style>"]
    assert [bool(INLINE.search(text)) for text in forbidden] == [True] * 4
    assert INLINE.search('<script src="/x.js" defer></script>') is None
