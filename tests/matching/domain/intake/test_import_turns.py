"""Files that wait take turns, a batch of each."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from matching.domain.intake import batches
from matching.domain.intake.import_turns import in_turns
from matching.domain.intake.technology_imports import upload_import
from matching.enums import ImportState
from matching.models import TechnologyImport
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(rows: int) -> TechnologyImport:
    content = "id,title,lang\n" + "".join(f"{n},Провод номер {n},ru\n" for n in range(rows))
    return upload_import(by=create_staff(), file=SimpleUploadedFile("a.csv", content.encode()), name="a.csv")


def test_small_file_does_not_wait_for_a_large_one_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)
    large, small = upload(9), upload(1)
    assert list(in_turns()) == [(small.pk, None), (large.pk, None)]
    assert list(TechnologyImport.objects.order_by("pk").values_list("state", "rows_done")) == [
        (ImportState.CHECKED, 9),
        (ImportState.CHECKED, 1),
    ]


def test_what_waits_for_a_person_is_left_alone() -> None:
    row = upload(1)
    assert list(in_turns()) == [(row.pk, None)]
    assert list(in_turns()) == []


def test_file_that_comes_meanwhile_is_taken_up() -> None:
    first = upload(1)
    turns = in_turns()
    assert next(turns) == (first.pk, None)
    second = upload(1)
    assert list(turns) == [(second.pk, None)]


def test_file_that_fails_tells_and_stops_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    lost, whole = upload(1), upload(1)
    lost.file.delete(save=False)
    assert list(in_turns()) == [(lost.pk, None), (whole.pk, None)]
    assert list(TechnologyImport.objects.order_by("pk").values_list("state", "failure_code")) == [
        (ImportState.FAILED, "file_lost"),
        (ImportState.CHECKED, ""),
    ]
