"""Files that were chosen for a form which could not be saved yet: nobody has to choose them twice.

The form carries a signed note of where the file lies, good for one person and one week.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone

from kr_ru_platform.web.uploads import check_attachment

FOLDER = "kept"
SALT = "kept-file"
FIELD, DROP_FIELD = "kept_file", "drop_file"
# Tables that are imported and never attached.
IMPORTED = (".tsv", ".xlsm", ".jsonl", ".ndjson")
# As long as a browser keeps a text.
KEPT_FOR = timedelta(days=7)
# So many of the largest files wait for one person at the same time.
LARGEST_FILES = 10


@dataclass(frozen=True)
class KeptFile:
    token: str
    stored: str
    name: str
    field: str

    @property
    def size(self) -> int:
        return default_storage.size(self.stored)

    def open(self) -> "WaitingFile":
        return WaitingFile(self)

    def drop(self) -> None:
        default_storage.delete(self.stored)


class WaitingFile(UploadedFile):
    """A kept file that stands in a request as if it had just been chosen."""

    def __init__(self, kept: KeptFile) -> None:
        super().__init__(file=default_storage.open(kept.stored), name=kept.name, size=kept.size)
        self.kept = kept


def largest_at(path: str) -> int:
    """The largest file that a form at this address may bring: a view that takes larger ones than usual says so."""
    try:
        says = getattr(resolve(path).func, "largest_form", None)
    except Resolver404:
        says = None
    return says() if says else settings.ATTACHMENT_MAX_BYTES


def keep(upload: Any, *, account: int, field: str, largest: int | None = None) -> KeptFile | None:
    """None for what could not be attached anyway, and for who has too much waiting already."""
    if isinstance(upload, WaitingFile):
        return upload.kept
    folder = f"{FOLDER}/{account}"
    largest = largest or settings.ATTACHMENT_MAX_BYTES
    try:
        upload.seek(0)
        if PurePath(upload.name or "").suffix.lower() not in IMPORTED:
            check_attachment(upload, largest=largest)
        elif upload.size > largest:
            return None
    except (ValidationError, ValueError, OSError):
        return None
    if _waiting(folder) + (upload.size or 0) > max(largest, LARGEST_FILES * settings.ATTACHMENT_MAX_BYTES):
        return None
    name = PurePath(upload.name or "file").name
    stored = default_storage.save(f"{folder}/{uuid.uuid4()}{PurePath(name).suffix.lower()}", upload)
    note = {"stored": stored, "name": name, "account": account, "field": field}
    return KeptFile(signing.dumps(note, salt=SALT), stored, name, field)


def _waiting(folder: str) -> int:
    if not default_storage.exists(folder):
        return 0
    return sum(default_storage.size(f"{folder}/{name}") for name in default_storage.listdir(folder)[1])


def find(token: str, *, account: int) -> KeptFile | None:
    try:
        note = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    if note["account"] != account or not default_storage.exists(note["stored"]):
        return None
    return KeptFile(token, note["stored"], note["name"], note["field"])


def posted_tokens(request: HttpRequest) -> list[str]:
    """Of the files that the form carries, without those that were taken out."""
    dropped = set(request.POST.getlist(DROP_FIELD))
    return [token for token in dict.fromkeys(request.POST.getlist(FIELD)) if token not in dropped]


def put_back(request: HttpRequest, account: int) -> list[str]:
    """What waited joins what was chosen now; views and forms see no difference. The names of those that are gone.

    It stands before what was chosen now: a field for several files takes all of them, a field for one takes the last.
    """
    chosen = {field: list(files) for field, files in request.FILES.lists()}
    waited: dict[str, list[Any]] = {}
    gone = []
    for token in posted_tokens(request):
        if kept := find(token, account=account):
            waited.setdefault(kept.field, []).append(kept.open())
        elif name := _name_in(token):
            gone.append(name)
    for field, files in waited.items():
        request.FILES.setlist(field, files + chosen.get(field, []))
    return gone


def _name_in(token: str) -> str:
    try:
        return str(signing.loads(token, salt=SALT)["name"])
    except signing.BadSignature:
        return ""


def let_files_be_kept(request: HttpRequest, account: int) -> None:
    """The widget that shows a form again asks the file itself; it knows no person. See uploads.py."""
    largest = largest_at(request.path_info)
    for field, files in request.FILES.lists():
        for file in files:
            file.keep = partial(keep, file, account=account, field=field, largest=largest)


def drop_posted(request: HttpRequest, account: int) -> None:
    for token in request.POST.getlist(FIELD):
        if kept := find(token, account=account):
            kept.drop()


def forget_account(account: int) -> None:
    folder = f"{FOLDER}/{account}"
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def forget_old() -> None:
    if not default_storage.exists(FOLDER):
        return
    oldest = timezone.now() - KEPT_FOR
    for account in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{account}")[1]:
            stored = f"{FOLDER}/{account}/{name}"
            if default_storage.get_modified_time(stored) < oldest:
                default_storage.delete(stored)
