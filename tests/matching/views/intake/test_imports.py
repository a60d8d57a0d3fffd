import io
import re

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from matching.domain.intake.technology_imports import continue_import, unfinished_imports
from matching.enums import ImportState, TechnologyState
from matching.models import Technology, TechnologyImport
from matching.wording.imports import message_for
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_evaluator, create_staff

pytestmark = pytest.mark.django_db
LIST = "/curation/imports/"
LOAD = django_settings.BASE_DIR.parent / "shared/data/load"
BAD = b"id,title,lang\n1,\xd0\x9f\xd1\x80\xd0\xbe\xd0\xb2\xd0\xbe\xd0\xb4,ru\n=2,<script>alert(1)</script>x,xx\n"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(client, content, name="a.csv"):
    response = client.post(LIST, {"file": SimpleUploadedFile(name, content)})
    return response, TechnologyImport.objects.first()


def seen(row):
    row.refresh_from_db()
    return {"expected_revision": row.revision}


def work():
    for pk in unfinished_imports():
        continue_import(import_id=pk)


def test_pages_are_for_the_centre_only(client):
    row = TechnologyImport.objects.create(file="imports/a.csv", name="a.csv")
    addresses = [
        LIST,
        reverse("technology_import_template"),
        reverse("technology_import_detail", args=[row.pk]),
        reverse("technology_import_errors", args=[row.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [302] * 4
    for person in (create_member(), create_evaluator()):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [403] * 4
        assert client.post(LIST, {"file": SimpleUploadedFile("a.csv", BAD)}).status_code == 403
        assert client.post(addresses[2], {"policy": "good_rows"}).status_code == 403


def test_upload_needs_the_token_against_forgery(staff):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)
    assert strict.post(LIST, {"file": SimpleUploadedFile("a.csv", BAD)}).status_code == 403


def test_import_from_upload_to_result(client, staff):
    response, row = upload(client, BAD)
    detail = reverse("technology_import_detail", args=[row.pk])
    assert response.url == detail
    waiting = client.get(detail).content.decode()
    assert 'hx-trigger="every 1s"' in waiting and "<progress" in waiting

    work()
    checked = client.get(detail)
    page = checked.content.decode()
    assert "every 1s" not in page and "<script>alert" not in page
    assert [(e["row"], e["column"], e["value"], e["message"]) for e in checked.context["errors"]] == [
        (3, "lang", "xx", message_for("unknown_language"))
    ]
    assert not Technology.objects.exists()

    client.post(detail, seen(row) | {"policy": "good_rows", "publish": "on"})
    assert client.get(detail).context["technology_import"].state == ImportState.CHECKED
    second = create_staff()
    client.force_login(second)
    client.post(detail, seen(row) | {"policy": "good_rows", "publish": "on"})
    work()
    assert client.get(detail).context["technology_import"].state == ImportState.DONE
    assert list(Technology.objects.values_list("external_id", "state", "owner")) == [("1", "published", second.pk)]


def test_nobody_decides_about_a_reading_that_they_have_not_seen(client, staff):
    """The page was open while somebody said that the internal note is the summary."""
    _response, row = upload(client, "번호,기술명,내부메모\n1,비정질 리본 냉각,협상 하한 3억\n".encode())
    work()
    former, detail = seen(row), reverse("technology_import_detail", args=[row.pk])
    assert f'name="expected_revision" value="{former["expected_revision"]}"' in client.get(detail).content.decode()
    names = [column["name"] for column in row.layout["columns"]]
    meant = {f"column_{names.index('내부메모')}": "summary", f"column_{names.index('기술명')}": "title"}
    columns = reverse("technology_import_columns", args=[row.pk])
    shown = client.get(columns).context["form"]
    typed = {field.html_name: field.value() or "" for field in shown} | meant
    client.post(columns, typed)
    work()
    client.force_login(create_staff())
    client.post(detail, former | {"policy": "good_rows", "publish": "on"})
    client.post(columns, typed)
    work()
    assert (seen(row) == former, row.state, Technology.objects.count()) == (False, ImportState.CHECKED, 0)
    client.post(detail, {"policy": "good_rows", "publish": "on"})
    assert seen(row) and row.state == ImportState.CHECKED
    client.post(detail, seen(row) | {"policy": "good_rows", "publish": "on"})
    assert seen(row) and row.state == ImportState.IMPORTING


def test_errors_come_as_a_file_without_formulas(client, staff):
    content = "id,title,lang,trl\n1,Wire,en,=1+1\n2,Tape,en,\uff1d1\n".encode()
    _response, row = upload(client, content)
    work()
    response = client.get(reverse("technology_import_errors", args=[row.pk]))
    message = message_for("wrong_trl")
    assert response.content.decode("utf-8-sig").splitlines()[1:] == [
        f"2,trl,'=1+1,{message}",
        f"3,trl,'\uff1d1,{message}",
    ]


def test_all_or_nothing_with_errors_says_that_nothing_was_imported(client, staff):
    _response, row = upload(client, BAD)
    work()
    detail = reverse("technology_import_detail", args=[row.pk])
    client.post(detail, seen(row) | {"policy": "all_or_nothing"})
    work()
    assert message_for("rows_have_errors") in client.get(detail).content.decode()
    assert not Technology.objects.exists()


def test_reason_without_publishing_is_asked_about(client, staff):
    _response, row = upload(client, BAD)
    work()
    detail = reverse("technology_import_detail", args=[row.pk])
    answer = client.post(detail, seen(row) | {"policy": "good_rows", "reason": "전시회 전에 공개해야 합니다."})
    assert answer.context["form"].errors.keys() == {"publish"}
    assert "전시회 전에 공개해야 합니다." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED


def test_cancelled_import_cannot_be_decided(client, staff):
    _response, row = upload(client, BAD)
    work()
    detail = reverse("technology_import_detail", args=[row.pk])
    client.post(detail, {"cancel": "1"})
    client.post(detail, seen(row) | {"policy": "good_rows"})
    row.refresh_from_db()
    assert row.state == ImportState.CANCELLED


@pytest.mark.parametrize(
    ("name", "content", "code"), [("a.pdf", b"%PDF", "wrong_type"), ("a.xls", b"x", "old_excel"), ("a.csv", b"", "")]
)
def test_wrong_files_are_refused_at_once(client, staff, name, content, code):
    response, row = upload(client, content, name)
    assert (response.status_code, row) == (200, None)
    assert (message_for(code) if code else message_for("empty_file")) in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"no zip", "not_xlsx"),
        ("a.csv", b"title\n" + bytes(range(0x80, 0xFF)), "wrong_encoding"),
        ("a.jsonl", b"[]", "not_jsonl"),
    ],
)
def test_unreadable_files_fail_with_words(client, staff, name, content, code):
    _response, row = upload(client, content, name)
    work()
    page = client.get(reverse("technology_import_detail", args=[row.pk])).content.decode()
    assert message_for(code) in page


def test_a_huge_upload_is_refused_before_it_is_stored(client, staff, settings):
    settings.IMPORT_MAX_BYTES = 1000
    seen = []

    class Body(io.BytesIO):
        def read(self, size=-1):
            seen.append(size)
            return super().read(size)

    body = Body(b"x" * 300_000)
    response = client.post(
        LIST, **{"wsgi.input": body, "CONTENT_LENGTH": "300000", "CONTENT_TYPE": "multipart/form-data; boundary=b"}
    )
    assert response.status_code == 413
    assert max(seen) <= 1 << 18
    assert not TechnologyImport.objects.exists()


def test_a_file_a_little_too_large_is_refused(client, staff, settings):
    settings.IMPORT_MAX_BYTES = 1000
    response, row = upload(client, b"title\n" + b"x" * 2000)
    assert (response.status_code, row) == (200, None)


def test_template_file_is_itself_a_good_import(client, staff):
    content = client.get(reverse("technology_import_template")).content
    _response, row = upload(client, content)
    work()
    row.refresh_from_db()
    assert (row.state, row.created_count, row.error_count) == (ImportState.CHECKED, 1, 0)
    assert list(row.row_errors.values_list("code", flat=True)) == ["new_holder"]


def test_xlsx_goes_the_same_way(client, staff):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["관리번호", "제목", "언어"])
    book.active.append([7, "초전도 선재", "한국어"])
    book.save(target)
    _response, row = upload(client, target.getvalue(), "표.xlsx")
    work()
    row.refresh_from_db()
    assert (row.state, row.created_count, row.name) == (ImportState.CHECKED, 1, "표.xlsx")


@pytest.mark.parametrize(("name", "count"), [("offers_en.jsonl", 350), ("abstracts_ru.jsonl", 1321)])
def test_real_files_come_in_through_the_browser(client, staff, name, count):
    if not (LOAD / name).exists():
        pytest.skip(f"../shared/data/load/{name} is not there")
    _response, row = upload(client, (LOAD / name).read_bytes(), name)
    work()
    detail = reverse("technology_import_detail", args=[row.pk])
    page = client.get(detail).content.decode()
    assert re.search(rf"{count:,}", page)
    client.force_login(create_staff())
    client.post(detail, seen(row) | {"policy": "all_or_nothing", "publish": "on"})
    work()
    row.refresh_from_db()
    # Three of the offers tell their protected description word for word in the public summary as well.
    stays = row.row_errors.filter(code="stays_draft_repeats").count()
    assert stays == {"offers_en.jsonl": 3}.get(name, 0)
    assert (row.state, row.created_count, Technology.objects.published().count()) == ("done", count, count - stays)


def test_media_is_not_served(client, staff):
    _response, row = upload(client, BAD)
    assert client.get(row.file.url).status_code == 404


def test_tile_counts_rows_and_the_table_says_how_many_errors_they_have(client, staff):
    twice = "title,lang,trl\nПровод,ru,6\nЛента,xx,99\n,ru,99\n".encode()
    _response, row = upload(client, twice)
    work()
    row.refresh_from_db()
    response = client.get(reverse("technology_import_detail", args=[row.pk]))
    tile = BeautifulSoup(response.content.decode(), "html.parser").find_all(class_="stat")[3]
    words = tile.get_text(" ", strip=True)
    assert (words, response.context["errors_said"]) == ("2 오류가 있는 행", "2개 행에 오류 3건")
    assert "2개 행에 오류 3건" in response.content.decode()
    assert (row.error_count, row.created_count) == (3, 1)


def test_our_own_names_of_columns_are_said_in_words(client, staff):
    _response, row = upload(client, "title,summary,lang\nПровод,Тонкий,ru\n".encode())
    work()
    detail = reverse("technology_import_detail", args=[row.pk])
    [column] = [note["column"] for note in client.get(detail).context["notices"] if note["message"]][:1]
    assert column == "외부 관리번호"
    assert ",외부 관리번호," in client.get(reverse("technology_import_errors", args=[row.pk])).content.decode()


def test_checked_page_says_how_many_drafts_would_become_public_besides_what_is_new(client):
    TechnologyFactory(external_id="d-1", state=TechnologyState.DRAFT)
    client.force_login(create_staff())
    _response, row = upload(client, b"external_id,trl\nd-1,7\n")
    work()
    page = client.get(reverse("technology_import_detail", args=[row.pk])).content.decode()
    assert "새 기술 외에 이미 있는 초안 1건도 공개됩니다. 목록은 아래에 있습니다." in page
    assert message_for("draft_would_be_public") in page
