"""Every source file has the test that mirrors it: `projects/forms/fields.py`, `tests/projects/forms/test_fields.py`."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "kr_ru_platform", "matching", "projects")
# Tables and wiring: what would be tested is written in them once already.
EXEMPT_NAMES = {"__init__.py", "apps.py", "enums.py", "formats.py", "signals.py", "urls.py", "wsgi.py"}
EXEMPT_FOLDERS = {"date_formats", "migrations", "settings"}
EXEMPT_FILES = """
accounts/registered/page_places.py
accounts/wording.py
kr_ru_platform/templatetags/lines.py
kr_ru_platform/web/admin_apps.py
matching/forms/scoring.py
matching/menus.py
matching/page_places.py
matching/wording/refusals.py
projects/menus.py
""".split()
# Those still without. Add nothing here; whoever writes one of these tests takes its file off the list.
STILL_WITHOUT = """
matching/benchmark/catalogue/copying.py
matching/benchmark/catalogue/load.py
matching/benchmark/measures/demand.py
matching/benchmark/measures/indexing.py
matching/benchmark/measures/peers.py
matching/benchmark/measures/rescoring.py
matching/benchmark/measures/search.py
matching/benchmark/measures/worker.py
matching/benchmark/quality/evaluation.py
matching/domain/backlog.py
matching/domain/finding/lexeme_postings.py
matching/domain/sample.py
""".split()


def mirror_of(source: Path) -> Path:
    return ROOT / "tests" / source.parent / f"test_{source.name}"


def sources() -> list[Path]:
    found = (path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(
        source
        for source in found
        if source.name not in EXEMPT_NAMES
        and not EXEMPT_FOLDERS & set(source.parts)
        and source.as_posix() not in EXEMPT_FILES
    )


def test_every_source_file_has_its_mirror_but_for_those_still_without() -> None:
    without = [source.as_posix() for source in sources() if not mirror_of(source).exists()]
    assert {
        "lost or never had one": sorted(set(without) - set(STILL_WITHOUT)),
        "to be taken off the list": sorted(set(STILL_WITHOUT) - set(without)),
    } == {"lost or never had one": [], "to be taken off the list": []}


def test_list_of_those_still_without_is_sorted() -> None:
    assert sorted(set(STILL_WITHOUT)) == STILL_WITHOUT
