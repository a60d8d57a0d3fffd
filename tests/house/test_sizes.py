"""Sizes that keep the house readable, and documents that speak of files which are there."""

import io
import re
import subprocess
import tokenize
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "kr_ru_platform", "matching", "projects")
SIDE_BY_SIDE = 12
PATH = re.compile(
    r"`((?:accounts|kr_ru_platform|matching|projects|templates|tests|docs|static)/[\w./-]+\.\w+)(?:::?\w+)?`"
)
NAMED = re.compile(r"(?<![\w./{*-])((?:[\w-]+/)*[a-z_0-9-]+\.(?:py|js|tsv|md))\b(?![\w/])")
# Named as what will be there once somebody has followed the text.
EXAMPLES = {"docs/performance.svg", "qrels/test.tsv"}


def files(*patterns: str) -> list[str]:
    # As git lists them, so that a copy without history (an image, an archive) falls back on the tree itself.
    try:
        found = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return [str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(f"**/{pattern}")]
    return [name for name in found.stdout.splitlines() if (ROOT / name).exists()]


CODE = [name for name in files("*.py") if name.startswith(APPS) and "/migrations/" not in name]
DOCUMENTS = files("*.md")


def test_a_folder_of_code_has_at_most_twelve_files_side_by_side() -> None:
    count = Counter(str(PurePosixPath(name).parent) for name in CODE if not name.endswith("__init__.py"))
    assert {folder: number for folder, number in count.items() if number > SIDE_BY_SIDE} == {}


def test_a_file_of_code_has_at_most_300_lines() -> None:
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in CODE}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_line_of_a_document_has_at_most_160_characters(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    assert [(number, line[:60]) for number, line in enumerate(lines, 1) if len(line) > 160] == []


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "CHANGELOG.md"])
def test_a_file_that_a_document_names_is_there(name: str) -> None:
    named = set(PATH.findall((ROOT / name).read_text()))
    assert sorted(path for path in named - EXAMPLES if not (ROOT / path).exists()) == []


def told_in(name: str) -> str:
    """Comments and docstrings of a file of Python, the whole of another."""
    text = (ROOT / name).read_text()
    if not name.endswith(".py"):
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join(t.string for t in tokens if t.type == tokenize.COMMENT or t.string.startswith('"""'))


def test_a_file_that_a_comment_or_docstring_names_is_there() -> None:
    there = {f"/{name}" for name in files("*.py", "*.js", "*.html", "*.tsv", "*.txt", "*.md", "*.css")}
    ends = {name[place:] for name in there for place, sign in enumerate(name) if sign == "/"}
    missing = {
        (name, path)
        for name in (*CODE, *files("static/js/*.js", "templates/*.html"))
        for path in NAMED.findall(told_in(name))
        if f"/{path}" not in ends and path not in EXAMPLES
    }
    assert sorted(missing) == []
