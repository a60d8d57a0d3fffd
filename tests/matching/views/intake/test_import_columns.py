"""What the columns of a file mean is asked where it is not known, once for each sender and header."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from matching.domain.intake.technology_imports import continue_import, unfinished_imports
from matching.enums import ImportState
from matching.models import Technology, TechnologyImport
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
UNKNOWN = "가나,다라,마바\n비정질 리본,얇은 띠이다.,메모\n".encode()
CHINESE = "id,title,description,holder\nF53,铝合金焊接方法,提高焊接速度。,焊接研究所\n".encode("gbk")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(client, content, name="a.csv"):
    client.post("/curation/imports/", {"file": SimpleUploadedFile(name, content)})
    work()
    return TechnologyImport.objects.first()


def seen(row):
    row.refresh_from_db()
    return {"expected_revision": row.revision}


def work():
    for pk in unfinished_imports():
        continue_import(import_id=pk)


def columns(row):
    return reverse("technology_import_columns", args=[row.pk])


def test_file_of_unknown_columns_waits_for_their_meaning_and_it_is_remembered(client, staff):
    row = upload(client, UNKNOWN)
    assert row.state == ImportState.ASKING
    assert columns(row) in client.get(reverse("technology_import_detail", args=[row.pk])).content.decode()
    page = client.get(columns(row)).content.decode()
    assert all(word in page for word in ("가나", "다라", "비정질 리본", "얇은 띠이다."))
    client.post(
        columns(row), seen(row) | {"header_row": 1, "encoding": "utf-8-sig", "column_0": "title", "column_1": "summary"}
    )
    work()
    row.refresh_from_db()
    assert (row.state, row.created_count, row.error_count) == (ImportState.CHECKED, 1, 0)
    again = upload(client, UNKNOWN.replace("리본".encode(), "선재".encode()))
    assert (again.state, again.created_count) == (ImportState.CHECKED, 1)
    client.force_login(create_staff())
    assert upload(client, UNKNOWN).state == ImportState.ASKING


def test_two_columns_for_one_meaning_are_refused(client, staff):
    row = upload(client, UNKNOWN)
    response = client.post(
        columns(row), seen(row) | {"header_row": 1, "encoding": "utf-8-sig", "column_0": "title", "column_1": "title"}
    )
    assert response.status_code == 200 and response.context["form"].errors.keys() == {"column_1"}


def test_uncertain_encoding_is_shown_before_anything_is_stored(client, staff):
    row = upload(client, CHINESE)
    assert (row.state, row.row_errors.count()) == (ImportState.ASKING, 0)
    page = client.get(columns(row)).content.decode()
    assert "铝合金焊接方法" in page and "gbk" in page
    client.post(columns(row), seen(row) | {"encoding": "gbk"})
    work()
    row.refresh_from_db()
    assert (row.state, row.created_count) == (ImportState.CHECKED, 0)
    assert list(row.row_errors.values_list("code", flat=True)) == ["language_not_found"]
    assert not Technology.objects.exists()


def test_page_says_which_sheet_was_read_and_another_can_be_chosen(client, staff):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "첫째"
    for row in (["기술명", "기술개요"], ["비정질 리본", "띠이다."]):
        book.active.append(row)
    second = book.create_sheet("둘째")
    for row in (["2026 조사표"], ["기술명", "기술개요"], ["세정 로봇", "로봇이다."], ["유리 섬유", "섬유이다."]):
        second.append(row)
    book.save(target)
    row = upload(client, target.getvalue(), "표.xlsx")
    detail = client.get(reverse("technology_import_detail", args=[row.pk])).content.decode()
    assert "첫째" in detail and (row.state, row.created_count) == (ImportState.CHECKED, 1)
    assert list(row.row_errors.filter(code="other_sheets").values_list("value", flat=True)) == ["둘째"]
    client.post(columns(row), seen(row) | {"sheet": "둘째", "header_row": ""})
    work()
    row.refresh_from_db()
    assert (row.state, row.created_count, row.layout["header_row"]) == (ImportState.CHECKED, 2, 2)


def test_running_check_can_be_cancelled_from_its_page(client, staff):
    client.post("/curation/imports/", {"file": SimpleUploadedFile("a.csv", b"title,lang\nWire,en\n")})
    row = TechnologyImport.objects.first()
    TechnologyImport.objects.update(state=ImportState.CHECKING)
    detail = reverse("technology_import_detail", args=[row.pk])
    assert 'name="cancel"' in client.get(detail).content.decode()
    client.post(detail, {"cancel": "1"})
    row.refresh_from_db()
    assert row.state == ImportState.CANCELLED
