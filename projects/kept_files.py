"""Uploads that wait while their form asks something: nobody has to choose a file twice.

The form carries a signed note of where the file lies, good for one person and one day.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

FOLDER = "outcomes/waiting"
SALT = "kept-file"
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class KeptFile:
    token: str
    stored: str
    name: str

    def open(self) -> File:
        return File(default_storage.open(self.stored), name=self.name)

    def drop(self) -> None:
        default_storage.delete(self.stored)


def keep(upload: UploadedFile, *, user_id: int) -> KeptFile:
    forget_old()
    name = Path(upload.name or "file").name
    stored = default_storage.save(f"{FOLDER}/{uuid.uuid4()}{Path(name).suffix.lower()}", upload)
    token = signing.dumps({"stored": stored, "name": name, "user": user_id}, salt=SALT)
    return KeptFile(token, stored, name)


def find(token: str, *, user_id: int) -> KeptFile | None:
    try:
        note = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    if note["user"] != user_id or not default_storage.exists(note["stored"]):
        return None
    return KeptFile(token, note["stored"], note["name"])


def forget_old() -> None:
    if not default_storage.exists(FOLDER):
        return
    oldest = timezone.now() - KEPT_FOR
    for name in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < oldest:
            default_storage.delete(f"{FOLDER}/{name}")
