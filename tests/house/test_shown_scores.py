"""Scores are stored raw and shown as the share that fits: nothing that people read names a stored score.

Their points come from `points`, `shown` and `points_when_requested` of the models, all of which go through
matching/scoring/scale.py.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())
SHOWING = (
    "matching/pages",
    "matching/views",
    "matching/wording",
    "matching/templatetags",
    "matching/forms",
    "projects",
)
SOURCES = sorted(path for folder in SHOWING for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)
IN_TEMPLATES = re.compile(r"\.(score|listed_score|best_score|score_when_requested|contribution)\b")
IN_SOURCES = re.compile(r"""\.(score|score_when_requested)\b|["']((\w+__)?score|score_when_requested)["']""")


def named(paths, pattern):
    return [
        (str(path.relative_to(ROOT)), found.group()) for path in paths for found in pattern.finditer(path.read_text())
    ]


def test_no_template_shows_a_stored_score():
    assert named(TEMPLATES, IN_TEMPLATES) == []


def test_no_page_mail_or_export_reads_a_stored_score():
    assert named(SOURCES, IN_SOURCES) == []
