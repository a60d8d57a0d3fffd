import gzip
import io
import tarfile
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from kr_ru_platform.running import archive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data_dir(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    return settings.DATA_DIR


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
