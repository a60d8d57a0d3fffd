from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from kr_ru_platform.web.uploads import AttachmentField, AttachmentsField


def test_stored_files_are_closed_to_other_people_of_the_machine(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("requests/a.txt", ContentFile(b"text"))
    modes = [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "requests", tmp_path / "requests" / "a.txt")]
    assert modes == ["0o750", "0o640"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF-1.7", None),
        ("A.HWP", b"\xd0\xcf\x11\xe0\xa1", None),
        ("a.hwpx", b"PK\x03\x04", None),
        ("a.doc", b"{\\rtf1", None),
        ("메모.txt", "내용".encode(), None),
        ("a.pdf", b"<script>", "content"),
        ("a.png", b"MZ", "content"),
        ("a.exe", b"MZ", "suffix"),
        ("a", b"%PDF", "suffix"),
        ("a.pdf", b"%PDF" + 30 * b" ", "size"),
    ],
)
def test_attachment_is_of_an_allowed_kind_and_size_and_what_its_name_says(settings, name, content, code):
    settings.ATTACHMENT_MAX_BYTES = 20
    try:
        file = AttachmentField().clean(SimpleUploadedFile(name, content))
    except ValidationError as error:
        assert error.code == code
    else:
        assert (code, file.read()) == (None, content)


def test_each_of_several_attachments_is_checked():
    good, bad = SimpleUploadedFile("a.pdf", b"%PDF"), SimpleUploadedFile("a.pdf", b"MZ")
    assert AttachmentsField().clean([good]) == [good]
    with pytest.raises(ValidationError):
        AttachmentsField().clean([good, bad])


def test_help_says_the_limit_in_the_readers_language(settings):
    settings.ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024
    with override("ko"):
        assert "20\xa0MB까지" in str(AttachmentField().help_text)
