import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kr_ru_platform.models import KeptPost, SentForm
from kr_ru_platform.web.kept import kept_files
from kr_ru_platform.web.kept.kept_account import forget_account

pytestmark = pytest.mark.django_db


def test_closed_account_leaves_nothing_and_its_files_stay_until_that_is_certain(
    settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    kept = {}
    for account in (1, 2):
        KeptPost.objects.create(token=f"k{account}", account=account, path="/")
        SentForm.objects.create(token=f"s{account}", account=account, path="/", digest="")
        upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 test")
        kept[account] = kept_files.keep(upload, account=account, field="files")

    def waiting() -> list[bool]:
        return [kept_files.find(file.token, account=account) is not None for account, file in kept.items()]

    with django_capture_on_commit_callbacks(execute=True):
        forget_account(1)
        assert waiting() == [True, True]
    assert waiting() == [False, True]
    assert [list(model.objects.values_list("account", flat=True)) for model in (KeptPost, SentForm)] == [[2], [2]]
