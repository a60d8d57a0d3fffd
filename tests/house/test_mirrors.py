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


def test_every_source_file_has_its_mirror() -> None:
    assert [source.as_posix() for source in sources() if not mirror_of(source).exists()] == []


def test_files_that_are_exempt_are_there_and_have_no_mirror() -> None:
    found = [(ROOT / name, mirror_of(Path(name))) for name in EXEMPT_FILES]
    assert [source for source, mirror in found if not source.exists() or mirror.exists()] == []
    assert sorted(set(EXEMPT_FILES)) == EXEMPT_FILES
