"""One file with everything that matters: the database and the uploaded files."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any

import pyrage
from django.conf import settings
from django.db import connection

from kr_ru_platform.running import postgres_programs

DUMP = "database.dump"
MEDIA = "media"
# What is written before it is complete, so that a run that was killed is recognised by the next one.
UNFINISHED = ".archive-"


class ArchiveError(Exception):
    """The text is a sentence for the person at the terminal."""


def save(*, to: IO[bytes], recipients: list[str]) -> None:
    """Everything into one stream; encrypted for these age recipients, if there are any."""
    with working_folder() as folder:
        dump, plain = folder / DUMP, folder / "plain"
        run_program("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
        if not recipients:
            pack(dump, to)
            return
        keys = [recipient_of(text) for text in recipients]
        with plain.open("wb") as file:
            pack(dump, file)
        with plain.open("rb") as file:
            pyrage.encrypt_io(file, to, keys)


def pack(dump: Path, to: IO[bytes]) -> None:
    with tarfile.open(fileobj=to, mode="w|gz") as archive:
        archive.add(dump, DUMP)
        for path in sorted(settings.MEDIA_ROOT.rglob("*")):
            try:
                archive.add(path, str(Path(MEDIA) / path.relative_to(settings.MEDIA_ROOT)), recursive=False)
            except FileNotFoundError:
                continue  # Deleted by the portal, which goes on working meanwhile.


def load(*, file: IO[bytes], identity: str) -> None:
    """Nothing is changed before the whole back-up has been read and found to be complete."""
    with working_folder() as folder:
        plain = file
        if identity:
            plain = (folder / "plain").open("w+b")
            decrypt(file, plain, identity)
            plain.seek(0)
        unpack(plain, folder)
        arguments = ["--exit-on-error", "--no-owner", "--no-comments", "--single-transaction"]
        database = connection.settings_dict["NAME"]
        run_program("pg_restore", f"--dbname={database}", *arguments, str(folder / DUMP))
        try:
            if (folder / MEDIA).exists():
                shutil.copytree(folder / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True, copy_function=shutil.move)
        except OSError as error:
            raise ArchiveError(f"The database was restored, but not every uploaded file: {error}.") from error


def unpack(file: IO[bytes], folder: Path) -> None:
    try:
        # Early releases of Python 3.11 have no filter against names that lead elsewhere.
        safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        with gzip.open(file) as unzipped:
            with tarfile.open(fileobj=unzipped, mode="r|") as archive:
                archive.extractall(folder, **safely)
            # To the last byte, where the checksum stands.
            while unzipped.read(1024 * 1024):
                pass
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError) as error:
        raise ArchiveError(
            f"The back-up is damaged or was cut off, or is encrypted and needs --identity ({error})."
        ) from error
    if not (folder / DUMP).is_file():
        raise ArchiveError(f"This is no back-up of the portal: it holds no {DUMP}.")


def decrypt(file: IO[bytes], to: IO[bytes], identity: str) -> None:
    try:
        pyrage.decrypt_io(file, to, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.IdentityError as error:
        raise ArchiveError("The identity is no age secret key (AGE-SECRET-KEY-1…).") from error
    except pyrage.DecryptError as error:
        raise ArchiveError(f"The back-up cannot be decrypted with this identity: {error}.") from error


def recipient_of(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise ArchiveError(f"“{text}” is no age recipient (age1…).") from error


def run_program(name: str, *arguments: str) -> None:
    try:
        postgres_programs.run(name, *arguments)
    except postgres_programs.NoFittingProgramError as error:
        raise ArchiveError(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise ArchiveError(f"{name} failed with code {error.returncode}; its message stands above.") from error


@contextmanager
def working_folder() -> Iterator[Path]:
    """On the disk of the data, which has room for it. Removed however this ends, but for a kill -9."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with ended_in_order(), tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=settings.DATA_DIR) as folder:
        yield Path(folder)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """A signal to end unwinds what is going on instead of leaving half of it."""

    def leave(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def written_whole(file: Path) -> Iterator[IO[bytes]]:
    """Complete or not there at all: a half of a back-up is worse than none. From the first byte on closed to others."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    try:
        with new.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
