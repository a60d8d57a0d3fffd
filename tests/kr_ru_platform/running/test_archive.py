import gzip
import io
import subprocess
import sys
import tarfile
from datetime import datetime
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from kr_ru_platform.management.commands.backup import seconds_until_night
from kr_ru_platform.running import archive, postgres_programs
from tests.services import clean_environment, run_manage

pytestmark = pytest.mark.django_db(transaction=True)
CREATE = "from django.contrib.auth.models import Group; Group.objects.create(name='연구소 Институт')"
READ = "from django.contrib.auth.models import Group; print(Group.objects.filter(name__startswith='연구소').get().name)"


@pytest.fixture
def data_dir(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    return settings.DATA_DIR


def test_backup_can_be_restored_elsewhere(tmp_path: Path) -> None:
    old, new, file = str(tmp_path / "old"), str(tmp_path / "new"), str(tmp_path / "backup.tar.gz")
    code = f"from django.core.management import call_command as c; c('migrate', verbosity=0); {CREATE}"
    code += (
        "; from django.core.files.storage import default_storage as s; from django.core.files.base import ContentFile"
    )
    code += f"; s.save('requests/a.txt', ContentFile(b'text')); c('backup', {file!r})"
    assert run_manage("shell", "--no-imports", "-c", code, DATA_DIR=old).stderr == "Creating the database …\n"

    restored = run_manage("restore", file, DATA_DIR=new)
    assert (restored.returncode, restored.stdout) == (0, "Restored.\n"), restored.stderr
    assert run_manage("shell", "--no-imports", "-c", READ, DATA_DIR=new).stdout == "연구소 Институт\n"
    assert (tmp_path / "new" / "media" / "requests" / "a.txt").read_bytes() == b"text"
    # Nothing is left lying about of what was unpacked on the way.
    assert list((tmp_path / "new").glob(f"{archive.UNFINISHED}*")) == []

    again = run_manage("restore", file, DATA_DIR=new)
    assert (again.returncode, again.stderr.strip()) == (
        1,
        "CommandError: The database is not empty. A back-up is read into an empty one only.",
    )


def test_backup_and_restore_pass_through_pipes(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    code = f"from django.core.management import call_command as c; c('migrate', verbosity=0); {CREATE}"
    run_manage("shell", "--no-imports", "-c", code, DATA_DIR=str(old))
    manage = [sys.executable, "manage.py"]
    saved = subprocess.run(
        [*manage, "backup", "-"], env=clean_environment(DATA_DIR=str(old)), capture_output=True, timeout=120
    )
    assert (saved.returncode, saved.stdout[:2]) == (0, b"\x1f\x8b"), saved.stderr
    restored = subprocess.run(
        [*manage, "restore", "-"],
        env=clean_environment(DATA_DIR=str(new)),
        input=saved.stdout,
        capture_output=True,
        timeout=120,
    )
    assert (restored.returncode, restored.stdout) == (0, b"Restored.\n"), restored.stderr
    assert run_manage("shell", "--no-imports", "-c", READ, DATA_DIR=str(new)).stdout == "연구소 Институт\n"


def test_backup_is_closed_to_others_while_it_is_written(tmp_path: Path, data_dir: Path, monkeypatch) -> None:
    file, modes = tmp_path / "backup.tar.gz", []
    pack = archive.pack

    def note_mode(dump: Path, to: io.BytesIO) -> None:
        modes.append(oct(file.with_name("backup.tar.gz.new").stat().st_mode & 0o777))
        pack(dump, to)

    monkeypatch.setattr(archive, "pack", note_mode)
    call_command("backup", str(file), stdout=io.StringIO())
    assert (modes, oct(file.stat().st_mode & 0o777)) == (["0o600"], "0o600")


def test_encrypted_backup_opens_only_with_its_key(tmp_path: Path, data_dir: Path) -> None:
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    default_storage.save("a.txt", ContentFile(b"of somebody"))
    file = tmp_path / "backup.tar.gz.age"
    call_command("backup", str(file), recipient=[str(key.to_public())], stdout=io.StringIO())
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    found = io.BytesIO()
    with file.open("rb") as stream:
        archive.decrypt(stream, found, str(key))
    with tarfile.open(fileobj=io.BytesIO(found.getvalue())) as members:
        assert members.getnames() == ["database.dump", "media/a.txt"]
    with file.open("rb") as stream, pytest.raises(archive.ArchiveError, match="cannot be decrypted"):
        archive.decrypt(stream, io.BytesIO(), str(other))
    with file.open("rb") as stream, pytest.raises(archive.ArchiveError, match="needs --identity"):
        archive.unpack(stream, tmp_path)


@pytest.mark.parametrize("recipient", ["", "age1nobody", "AGE-SECRET-KEY-1"])
def test_backup_for_a_key_that_is_none_is_refused(tmp_path: Path, data_dir: Path, recipient: str) -> None:
    with pytest.raises(CommandError, match="is no age recipient"):
        call_command("backup", str(tmp_path / "b.age"), recipient=[recipient])
    assert list(tmp_path.glob("b.age*")) == []


@pytest.mark.parametrize("kept", [0.3, 0.9, -1])
def test_backup_that_was_cut_off_changes_nothing(tmp_path: Path, data_dir: Path, kept: float) -> None:
    default_storage.save("a.bin", ContentFile(bytes(range(256)) * 2_000))
    file = tmp_path / "backup.tar.gz"
    call_command("backup", str(file), stdout=io.StringIO())
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)] if kept > 0 else whole[:-1])
    with file.open("rb") as stream, pytest.raises(archive.ArchiveError, match="damaged or was cut off"):
        archive.load(file=stream, identity="")
    assert list(data_dir.glob(f"{archive.UNFINISHED}*")) == []


@pytest.mark.parametrize(
    "content", [b"", b"no archive at all", gzip.compress(b"", mtime=0)], ids=["nothing", "text", "empty"]
)
def test_what_is_no_backup_is_told_in_a_sentence(data_dir: Path, content: bytes) -> None:
    with pytest.raises(archive.ArchiveError, match="no back-up of the portal|damaged or was cut off"):
        archive.load(file=io.BytesIO(content), identity="")


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


def test_files_deleted_meanwhile_do_not_end_a_backup(tmp_path: Path, data_dir: Path, monkeypatch) -> None:
    default_storage.save("a.txt", ContentFile(b"a"))
    default_storage.save("b.txt", ContentFile(b"b"))
    add = tarfile.TarFile.add

    def late(self: tarfile.TarFile, path: Path, *arguments: object, **options: object) -> None:
        if Path(path).name == "a.txt":
            Path(path).unlink()
        add(self, path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tarfile.TarFile, "add", late)
    file = tmp_path / "backup.tar.gz"
    call_command("backup", str(file), stdout=io.StringIO())
    with tarfile.open(file) as members:
        assert members.getnames() == ["database.dump", "media/b.txt"]


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
