import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kr_ru_platform.management.commands.restore import secret_of
from kr_ru_platform.running import archive
from tests.services import clean_environment, run_manage

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


@pytest.mark.django_db
def test_database_that_is_in_use_is_refused_before_the_file_is_looked_at() -> None:
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("restore", "no such file")


def test_secret_key_is_the_first_line_that_is_no_comment(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    found = [secret_of(None)]
    for text in ("# created: today\n# public key: age1x\n\n AGE-SECRET-KEY-1X \nAGE-SECRET-KEY-2\n", "# nothing\n"):
        file.write_text(text)
        found.append(secret_of(file))
    assert found == ["", "AGE-SECRET-KEY-1X", ""]
