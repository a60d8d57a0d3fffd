from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.domain.organisations.merging import merge_organisations
from accounts.models import Organisation
from kr_ru_platform.models import KeptPost
from kr_ru_platform.tasks import forget_kept_forms
from matching.models import RequestAttachment, RequestEvent, TechnologyImport
from tests.factories.demand import DemandFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff
from tests.kr_ru_platform.web.forms import fields_of, filled, page_form

pytestmark = pytest.mark.django_db
BODY = "시험 성적서를 첨부합니다.\n둘째 줄 <b>&quot; 그대로"
PDF = b"%PDF-1.7 test"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def match_request():
    return MatchRequestFactory()


@pytest.fixture
def url(match_request):
    return f"/requests/{match_request.pk}/"


@pytest.fixture
def writer(client, match_request):
    client.force_login(match_request.requested_by)
    return match_request.requested_by


def send_after_the_end(client, url, **typed):
    data = filled(client.get(url), "body", body=BODY, **typed)
    client.session.flush()
    return client.post(url, data)


def next_of(answer):
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def test_message_sent_after_the_session_stands_in_the_form_after_the_log_in(client, writer, url):
    answer = send_after_the_end(client, url)
    assert answer.url.startswith("/accounts/login/?next=")
    assert "보관되어 있습니다" in client.get(answer.url).content.decode()
    client.force_login(writer)
    page = client.get(next_of(answer))
    data = filled(page, "body")
    assert data["body"] == BODY
    assert client.post(url, data).status_code == 302
    assert RequestEvent.objects.get(body=BODY.strip()).actor == writer
    assert not KeptPost.objects.exists()


def test_kept_text_is_offered_on_every_page_until_it_is_thrown_away(client, writer, url):
    send_after_the_end(client, url)
    client.force_login(writer)
    page = client.get("/guide/").content.decode()
    kept = KeptPost.objects.get()
    assert f"{url}?kept={kept.pk}" in page
    client.post(f"/my/kept/{kept.pk}/discard/")
    assert "?kept=" not in client.get("/guide/").content.decode()


def test_kept_text_is_for_its_writer_alone(client, writer, match_request, url):
    answer = send_after_the_end(client, url)
    kept = KeptPost.objects.get()
    colleague = create_member(organisation=match_request.organisation)
    client.force_login(colleague)
    assert "시험 성적서" not in client.get(next_of(answer)).content.decode()
    assert "?kept=" not in client.get("/guide/").content.decode()
    assert client.post(f"/my/kept/{kept.pk}/discard/").status_code == 404
    assert KeptPost.objects.filter(pk=kept.pk).exists()


def test_nothing_is_kept_for_a_token_that_was_made_up(client, writer, url):
    data = filled(client.get(url), "body", body=BODY) | {"form_token": f"aaaa.{writer.pk}:bad"}
    client.session.flush()
    client.post(url, data)
    assert not KeptPost.objects.exists()


def test_passwords_and_tokens_are_never_kept(client, writer, url):
    send_after_the_end(client, url, password="geheim-9", csrfmiddlewaretoken="x")
    assert {name for name, _value in KeptPost.objects.get().fields} == {"body"}


@pytest.mark.parametrize("header", ["HTTP_X_AUTOSAVE", "HTTP_HX_REQUEST"])
@pytest.mark.parametrize("is_forged", [False, True])
def test_what_a_page_sends_by_itself_after_the_session_is_not_kept(match_request, url, header, is_forged):
    """The form itself arrives later, and nothing would ever forget this copy of its text."""
    client, writer = Client(enforce_csrf_checks=is_forged), match_request.requested_by
    client.force_login(writer)
    data = filled(client.get(url), "body", body=BODY)
    client.session.flush()
    if is_forged:
        data["csrfmiddlewaretoken"] = "a" * 64
    client.post(url, data, **{header: "true"})
    client.force_login(writer)
    assert not KeptPost.objects.exists()
    assert "?kept=" not in client.get("/guide/").content.decode()


def test_text_that_no_form_can_hold_is_not_kept(client, writer, url):
    data = filled(client.get(url), "body", body="가" * (1024 * 1024 + 1))
    client.session.flush()
    client.post(url, data)
    assert not KeptPost.objects.exists()


def test_files_of_a_form_sent_after_the_session_need_not_be_chosen_again(client, writer, url):
    answer = send_after_the_end(
        client, url, files=[SimpleUploadedFile("성적서.pdf", PDF), SimpleUploadedFile("둘.pdf", PDF)]
    )
    client.force_login(writer)
    page = client.get(next_of(answer))
    assert "성적서.pdf" in page_form(page, "body").get_text()
    client.post(url, filled(page, "body"))
    assert sorted(RequestAttachment.objects.values_list("name", flat=True)) == ["둘.pdf", "성적서.pdf"]


def test_kept_text_is_forgotten_after_a_week(client, writer, url, tmp_path):
    send_after_the_end(client, url, files=[SimpleUploadedFile("a.pdf", PDF)])
    forget_kept_forms()
    assert KeptPost.objects.count() == 1
    KeptPost.objects.update(created_at=timezone.now() - timedelta(days=7, hours=1))
    client.force_login(writer)
    assert "?kept=" not in client.get("/guide/").content.decode()
    forget_kept_forms()
    assert not KeptPost.objects.exists()


def test_another_text_of_the_same_form_stays_when_one_has_arrived(client, writer, url):
    for body in (BODY, "두 번째 창에서 쓰던 다른 글입니다."):
        client.force_login(writer)
        data = filled(client.get(url), "body", body=body)
        client.session.flush()
        client.post(url, data)
    client.force_login(writer)
    first, second = KeptPost.objects.order_by("id")
    assert client.post(url, filled(client.get(f"{url}?kept={second.pk}"), "body")).status_code == 302
    assert list(KeptPost.objects.all()) == [first]


def test_two_texts_of_a_duplicated_window_are_both_kept(client, writer, url):
    data = filled(client.get(url), "body", body=BODY)
    client.session.flush()
    for body in (BODY, BODY, "두 번째 창에서 쓰던 다른 글입니다."):
        client.post(url, data | {"body": body})
    assert [kept.fields for kept in KeptPost.objects.order_by("id")] == [
        [["body", BODY]],
        [["body", "두 번째 창에서 쓰던 다른 글입니다."]],
    ]


def test_text_with_nul_is_kept_without_it(client, writer, url):
    data = filled(client.get(url), "body", body=f"앞\x00뒤 {BODY}", form_attempt="a\x00b")
    client.session.flush()
    assert client.post(url, data).status_code == 302
    assert KeptPost.objects.get().fields == [["body", f"앞뒤 {BODY}"]]


def test_text_whose_form_is_gone_can_be_read(client, writer, match_request, url):
    send_after_the_end(client, url)
    kept = KeptPost.objects.get()
    KeptPost.objects.update(path="/guide/")
    client.force_login(writer)
    page = client.get(f"/guide/?kept={kept.pk}").content.decode()
    assert "시험 성적서를 첨부합니다." in page and "복사해 두세요" in page


def test_log_in_after_a_button_was_pressed_leads_to_a_page(client, writer):
    demand = DemandFactory(organisation=writer.memberships.get().organisation, state="closed")
    token = fields_of(page_form(client.get("/guide/"), "language"))["form_token"]
    client.session.flush()
    answer = client.post(f"/demands/{demand.pk}/open/", {"form_token": token})
    client.force_login(writer)
    answer = client.get(next_of(answer))
    assert (answer.status_code, answer.url) == (302, f"/demands/{demand.pk}/")
    assert "다시 눌러" in client.get(answer.url).content.decode()


def import_sent_after_the_end(client, name, content):
    staff = create_staff()
    client.force_login(staff)
    data = fields_of(page_form(client.get("/curation/imports/"), "file"))
    client.session.flush()
    answer = client.post("/curation/imports/", data | {"file": SimpleUploadedFile(name, content)})
    client.force_login(staff)
    return client.get(next_of(answer), follow=True)


@pytest.mark.parametrize("name", ["목록.jsonl", "목록.csv", "목록.tsv"])
@pytest.mark.parametrize("size", [0, 5000])
def test_file_of_an_import_sent_after_the_session_need_not_be_chosen_again(client, settings, name, size):
    """Imports may be larger than what is attached to a message."""
    settings.ATTACHMENT_MAX_BYTES = 2000
    content = b'{"title": "x"}\n' if name.endswith("jsonl") else b"title\nx\n"
    page = import_sent_after_the_end(client, name, content * (1 + size // len(content)))
    assert name in page_form(page, "file").get_text()
    assert client.post("/curation/imports/", fields_of(page_form(page, "file"))).status_code == 302
    assert (TechnologyImport.objects.get().name, TechnologyImport.objects.get().file.size > size) == (name, True)


def test_file_that_is_too_large_for_an_import_is_not_kept(client, settings):
    settings.ATTACHMENT_MAX_BYTES, settings.IMPORT_MAX_BYTES = 2000, 3000
    page = import_sent_after_the_end(client, "목록.csv", b"title\n" + b"x" * 100_000)
    assert (page.status_code, KeptPost.objects.count()) == (200, 0)


def test_large_file_is_kept_only_where_it_can_be_imported(client, settings, writer, url):
    settings.ATTACHMENT_MAX_BYTES = 2000
    data = filled(client.get(url), "body", body=BODY)
    client.session.flush()
    client.post(url, data | {"files": SimpleUploadedFile("목록.csv", b"title\n" * 1000)})
    assert [name for name, _value in KeptPost.objects.get().fields if name == "kept_file"] == []


def test_import_that_is_pressed_twice_is_made_once(client):
    client.force_login(create_staff())
    data = fields_of(page_form(client.get("/curation/imports/"), "file"))
    for _press in range(2):
        client.post("/curation/imports/", data | {"file": SimpleUploadedFile("a.csv", b"title\nx\n")})
    assert TechnologyImport.objects.count() == 1


def test_files_chosen_before_a_change_of_language_wait_on_the_server(client, writer, url):
    data = filled(client.get(url), "body", body=BODY)
    answer = client.post("/my/kept/put/", data | {"files": SimpleUploadedFile("둘.pdf", PDF), "kept_page": url})
    page = client.get(f"{url}?kept={answer.json()['kept']}")
    assert filled(page, "body")["body"] == BODY
    assert "둘.pdf" in page_form(page, "body").get_text()


def opened_by_staff(client):
    """A text kept under an agreement, in the form in which it is edited: filled with what somebody else wrote."""
    technology = TechnologyFactory(state="draft", disclosure="nda", text__description="Секретный режим отжига")
    staff = create_staff()
    client.force_login(staff)
    address = f"/curation/technologies/{technology.pk}/texts/ru/"
    return staff, address, filled(client.get(address), "description", title="Другой заголовок")


def opened_by_member(client, **company):
    """A colleague's demand."""
    demand = DemandFactory(organisation=OrganisationFactory(**company), problem="Секретный режим отжига", state="draft")
    member = create_member(organisation=demand.organisation)
    client.force_login(member)
    address = f"/demands/{demand.pk}/edit/"
    return member, address, filled(client.get(address), "problem", title="Другой заголовок")


def take_rights(person):
    person.groups.clear()
    person.memberships.update(state="pending")


@pytest.mark.parametrize("opened", [opened_by_staff, opened_by_member])
@pytest.mark.parametrize("is_taken_before", [True, False])
def test_kept_text_is_read_only_under_the_rights_with_which_its_form_was_made(client, opened, is_taken_before):
    person, address, data = opened(client)
    groups = list(person.groups.all())
    client.session.flush()
    if is_taken_before:
        take_rights(person)
    client.post(address, data)
    take_rights(person)
    kept = KeptPost.objects.get()
    client.force_login(type(person).objects.get(pk=person.pk))
    pages = ("/my/kept/texts/", f"/?kept={kept.pk}", f"{address}?kept={kept.pk}")
    assert [("Секретный" in client.get(page, follow=True).content.decode()) for page in pages] == [False] * 3
    person.groups.set(groups)
    person.memberships.update(state="active")
    assert "Секретный" in client.get("/my/kept/texts/").content.decode(), "nothing is lost for who has them again"


def confirm(person):
    Organisation.objects.update(confirmation="confirmed")


def merge_away(person):
    goes = person.memberships.get().organisation
    merge_organisations(stays=OrganisationFactory(), goes=goes, by=create_programme_admin())


def take_on(person):
    person.memberships.all().delete()
    create_staff().groups.get().user_set.add(person)


@pytest.mark.parametrize(
    ("before", "grow"), [("unconfirmed", confirm), ("confirmed", merge_away), ("confirmed", take_on)]
)
def test_kept_text_comes_back_to_a_writer_whose_rights_grew_or_moved(client, before, grow):
    person, address, data = opened_by_member(client, confirmation=before)
    client.session.flush()
    client.post(address, data)
    grow(person)
    client.force_login(type(person).objects.get(pk=person.pk))
    kept = KeptPost.objects.get()
    assert "Другой заголовок" in client.get("/my/kept/texts/").content.decode()
    assert filled(client.get(f"{address}?kept={kept.pk}"), "problem")["title"] == "Другой заголовок"
