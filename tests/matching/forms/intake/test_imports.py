"""The file at the gate, and what to do with it after the check."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kr_ru_platform.web.fields import RevisionField
from matching.forms.intake.imports import ImportDecisionForm, ImportUploadForm

GOOD = "id,title\n1,Провод\n".encode()


def sent(content: bytes, name: str = "a.csv") -> ImportUploadForm:
    return ImportUploadForm({}, {"file": SimpleUploadedFile(name, content)})


def codes_of(form: ImportUploadForm) -> list[str]:
    return [error.code for error in form.errors.as_data().get("file", [])]


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.csv", GOOD, []),
        ("a.pdf", b"%PDF", ["wrong_type"]),
        ("a.xls", b"x", ["old_excel"]),
        ("a.csv", b"", ["empty"]),
        # Damage is told by the check, on the page of the import.
        ("a.xlsx", b"PK\x03\x04 cut off", []),
    ],
)
def test_upload_refuses_at_once_what_nobody_can_mend(name, content, codes):
    assert codes_of(sent(content, name)) == codes


def test_upload_is_read_from_its_beginning_after_it_was_looked_at():
    form = sent(GOOD)
    assert form.is_valid()
    assert form.cleaned_data["file"].read() == GOOD


def test_upload_may_be_as_large_as_the_form_says_and_no_larger(settings):
    settings.IMPORT_MAX_BYTES = len(GOOD)
    assert [codes_of(sent(content)) for content in (GOOD, GOOD + b"\n")] == [[], ["file_too_large"]]
    assert ImportUploadForm().fields["file"].widget.attrs["data-max-bytes"] == len(GOOD)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({}, {"policy"}),
        ({"policy": "some_rows"}, {"policy"}),
        ({"policy": "good_rows"}, set()),
        ({"policy": "good_rows", "reason": "전시회"}, {"publish"}),
        ({"policy": "good_rows", "reason": "  "}, set()),
        ({"policy": "all_or_nothing", "reason": "전시회", "publish": "on"}, set()),
    ],
)
def test_reason_to_publish_alone_goes_with_publishing(typed, refused):
    assert ImportDecisionForm(typed | {"expected_revision": "1"}).errors.keys() == refused
    form = ImportDecisionForm(typed)
    form.is_valid()
    assert form.cleaned_data["expected_revision"] == RevisionField.NOT_SENT
