import tarfile
from pathlib import Path
from typing import Any

from kr_ru_platform import archive
from tests.services import run_manage

CREATE = "from django.contrib.auth.models import Group; Group.objects.create(name='연구소 Институт')"
READ = "from django.contrib.auth.models import Group; print(Group.objects.filter(name__startswith='연구소').get().name)"


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

    again = run_manage("restore", file, DATA_DIR=new)
    assert (again.returncode, again.stderr.strip()) == (
        1,
        "CommandError: The database is not empty. A back-up is read into an empty one only.",
    )


def test_backup_is_closed_to_others_while_it_is_written(tmp_path: Path, monkeypatch, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    file, modes = tmp_path / "backup.tar.gz", []
    add = tarfile.TarFile.add

    def note_mode(self: tarfile.TarFile, *arguments: Any, **options: Any) -> None:
        modes.append(oct((tmp_path / "backup.tar.gz.new").stat().st_mode & 0o777))
        add(self, *arguments, **options)

    monkeypatch.setattr(tarfile.TarFile, "add", note_mode)
    monkeypatch.setattr(
        archive, "run_postgres_program", lambda *words: Path(words[-1].removeprefix("--file=")).write_bytes(b"dump")
    )
    archive.save(file=file)
    assert (modes, oct(file.stat().st_mode & 0o777)) == (["0o600"], "0o600")
