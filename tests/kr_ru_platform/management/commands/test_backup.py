import io
import sys
from datetime import datetime
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command

from kr_ru_platform.management.commands.backup import seconds_until_night
from kr_ru_platform.running import archive, postgres_programs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data_dir(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    return settings.DATA_DIR


def test_failed_backup_leaves_a_sentence_and_no_file(tmp_path: Path, data_dir: Path, monkeypatch) -> None:
    monkeypatch.setattr(postgres_programs, "fitting", lambda name: Path("/bin/false"))
    file = tmp_path / "backup.tar.gz"
    with pytest.raises(CommandError, match="No back-up was written. pg_dump failed with code 1"):
        call_command("backup", str(file))
    assert (list(tmp_path.glob("backup*")), list(data_dir.glob(f"{archive.UNFINISHED}*"))) == ([], [])


def test_folder_keeps_the_newest_backups(tmp_path: Path, data_dir: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("portal-20200101T000000.tar.gz", "portal-20200102T000000.tar.gz.age", "notes.txt"):
        (folder / name).touch()
    call_command("backup", str(folder), keep=2, stdout=io.StringIO())
    kept = sorted(path.name for path in folder.iterdir())
    assert (kept[:2], len(kept)) == (["notes.txt", "portal-20200102T000000.tar.gz.age"], 3)
    with pytest.raises(CommandError, match="--keep and --every-night need a folder"):
        call_command("backup", str(tmp_path / "none"), keep=2)


@pytest.mark.parametrize(("now", "hours"), [("02:00", 1), ("03:00", 24), ("23:30", 3.5)])
def test_next_night_begins_at_three(now: str, hours: float) -> None:
    moment = datetime.fromisoformat(f"2026-11-29T{now}:00+09:00")
    assert seconds_until_night(moment) == hours * 3600


def test_recipient_of_the_environment_is_the_default(tmp_path: Path, data_dir: Path, monkeypatch) -> None:
    monkeypatch.setenv("BACKUP_RECIPIENT", str(pyrage.x25519.Identity.generate().to_public()))
    (tmp_path / "backups").mkdir()
    call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    assert [path.suffix for path in (tmp_path / "backups").iterdir()] == [".age"]


def test_broken_pipe_is_told_and_not_taken_for_a_backup(data_dir: Path, monkeypatch) -> None:
    class Gone(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError("gone")

    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(Gone()))
    with pytest.raises(CommandError, match="is not complete: throw away"):
        call_command("backup", "-")
