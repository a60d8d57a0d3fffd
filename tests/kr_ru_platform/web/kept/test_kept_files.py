import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kr_ru_platform.models import KeptPost
from kr_ru_platform.web.kept import kept_files
from kr_ru_platform.web.uploads import KeptFileField
from matching.models import RequestAttachment
from tests.factories.match_request import MatchRequestFactory
from tests.kr_ru_platform.web.forms import filled, page_form

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 test"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def url(client):
    match_request = MatchRequestFactory()
    client.force_login(match_request.requested_by)
    return f"/requests/{match_request.pk}/"


def pdf(name, content=PDF):
    return SimpleUploadedFile(name, content)


def names():
    return sorted(RequestAttachment.objects.values_list("name", flat=True))


def waiting(tmp_path):
    return [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]


def test_files_of_a_form_with_an_error_are_attached_to_the_next_good_one(client, url, tmp_path):
    answer = client.post(url, filled(client.get(url), "body", files=[pdf("하나.pdf"), pdf("둘.pdf")]))
    text = page_form(answer, "body").get_text()
    assert ("하나.pdf" in text, "둘.pdf" in text, names()) == (True, True, [])
    client.post(url, filled(answer, "body", body="첨부합니다.", files=[pdf("셋.pdf")]))
    assert names() == ["둘.pdf", "셋.pdf", "하나.pdf"]
    assert RequestAttachment.objects.get(name="하나.pdf").file.read() == PDF
    assert waiting(tmp_path) == []


def test_files_stay_through_a_second_error(client, url):
    answer = client.post(url, filled(client.get(url), "body", files=[pdf("a.pdf")]))
    answer = client.post(url, filled(answer, "body"))
    client.post(url, filled(answer, "body", body="첨부합니다."))
    assert names() == ["a.pdf"]


def test_file_that_was_taken_out_is_not_attached(client, url, tmp_path):
    answer = client.post(url, filled(client.get(url), "body", files=[pdf("a.pdf"), pdf("b.pdf")]))
    data = filled(answer, "body", body="하나만 보냅니다.")
    client.post(url, data | {"drop_file": data["kept_file"][0]})
    assert (names(), waiting(tmp_path)) == (["b.pdf"], [])


def test_second_file_joins_the_one_that_was_kept_alone_after_the_session(client, url):
    data = filled(client.get(url), "body", body="첨부합니다.", files=[pdf("하나.pdf")])
    writer = client.session["_auth_user_id"]
    client.session.flush()
    client.post(url, data)
    client.force_login(User.objects.get(pk=writer))
    page = client.get(f"{url}?kept={KeptPost.objects.get().pk}")
    client.post(url, filled(page, "body", files=[pdf("둘.pdf")]))
    assert names() == ["둘.pdf", "하나.pdf"]


def test_second_file_joins_the_kept_one_through_a_change_of_language_and_a_question(client, url):
    answer = client.post(url, filled(client.get(url), "body", files=[pdf("하나.pdf")]))
    data = filled(answer, "body", body="첨부합니다.", files=[pdf("둘.pdf")])
    kept = client.post("/my/kept/put/", data | {"kept_page": url}).json()["kept"]
    page = client.get(f"{url}?kept={kept}")
    client.post(url, filled(page, "body", files=[pdf("셋.pdf")]))
    assert names() == ["둘.pdf", "셋.pdf", "하나.pdf"]


def test_field_for_one_file_takes_what_was_chosen_last(rf):
    token = kept_files.keep(pdf("old.pdf"), account=1, field="evidence_file").token
    request = rf.post("/", {"evidence_file": pdf("new.pdf"), "kept_file": token})
    assert kept_files.put_back(request, 1) == []
    assert [file.name for file in request.FILES.getlist("evidence_file")] == ["old.pdf", "new.pdf"]
    assert KeptFileField().widget.value_from_datadict({}, request.FILES, "evidence_file").name == "new.pdf"


def test_kept_file_that_is_gone_is_told_by_its_name(client, url, tmp_path):
    answer = client.post(url, filled(client.get(url), "body", files=[pdf("하나.pdf")]))
    for path in waiting(tmp_path):
        path.unlink()
    answer = client.post(url, filled(answer, "body", body="첨부합니다."), follow=True)
    assert "‘하나.pdf’ 파일은 더 이상 보관되어 있지 않습니다." in answer.content.decode()


def test_file_that_was_taken_out_stays_out_after_the_session(client, url):
    answer = client.post(url, filled(client.get(url), "body", files=[pdf("a.pdf")]))
    data = filled(answer, "body", body="첨부하지 않고 보냅니다.")
    client.session.flush()
    client.post(url, data | {"drop_file": data["kept_file"]})
    assert [name for name, _value in KeptPost.objects.get().fields] == ["body"]


def test_file_that_may_not_be_attached_is_not_kept(client, url, settings, tmp_path):
    settings.ATTACHMENT_MAX_BYTES = 100
    bad = [pdf("a.exe"), pdf("fake.pdf", b"<html>"), pdf("big.pdf", PDF + b"x" * 200)]
    answer = client.post(url, filled(client.get(url), "body", body="첨부", files=bad))
    assert ("kept_file" in filled(answer, "body"), waiting(tmp_path)) == (False, [])


def test_good_file_beside_a_bad_one_is_kept(client, url):
    answer = client.post(url, filled(client.get(url), "body", body="첨부", files=[pdf("good.pdf"), pdf("bad.exe")]))
    assert "good.pdf" in page_form(answer, "body").get_text()
    client.post(url, filled(answer, "body"))
    assert names() == ["good.pdf"]


def test_kept_file_is_for_one_person_and_one_week(tmp_path):
    old = kept_files.keep(pdf("a.pdf"), account=1, field="files")
    new = kept_files.keep(pdf("b.pdf"), account=1, field="files")
    long_ago = time.time() - 8 * 24 * 3600
    os.utime(tmp_path / old.stored, (long_ago, long_ago))
    kept_files.forget_old()
    found = [kept_files.find(kept.token, account=account) for kept in (old, new) for account in (1, 2)]
    assert found == [None, None, new, None]


def test_one_person_cannot_fill_the_disk(settings):
    settings.ATTACHMENT_MAX_BYTES = 20
    kept = [kept_files.keep(pdf(f"{n}.pdf"), account=1, field="files") for n in range(20)]
    assert 10 <= sum(file is not None for file in kept) < 20
