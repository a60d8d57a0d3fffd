from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from kr_ru_platform.models import KeptPost
from matching.models import RequestEvent
from tests.factories.match_request import MatchRequestFactory
from tests.factories.user import create_staff
from tests.kr_ru_platform.web.forms import filled, page_form

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


def language_buttons(response):
    return BeautifulSoup(response.content.decode(), "html.parser").find_all(attrs={"name": "interface_language"})


def test_language_switch_sends_the_form_and_brings_it_back(client, writer, url):
    page = client.get(url)
    button = language_buttons(page)[1]
    data = filled(page, "body", body="네") | {"interface_language": button["value"]}
    answer = client.post(button["formaction"], data | {"files": SimpleUploadedFile("하나.pdf", PDF)})
    assert (answer.status_code, client.cookies["django_language"].value) == (302, "ru")
    page = client.get(answer.url)
    assert (filled(page, "body")["body"], "하나.pdf" in page_form(page, "body").get_text()) == ("네", True)
    client.post(url, filled(page, "body"))
    assert (KeptPost.objects.count(), RequestEvent.objects.get(body="네").attachments.count()) == (0, 1)


def test_language_switch_of_a_form_that_nobody_touched_keeps_nothing(client, writer, url):
    page = client.get(url)
    button = language_buttons(page)[1]
    answer = client.post(button["formaction"], filled(page, "body") | {"interface_language": button["value"]})
    assert (answer.url, KeptPost.objects.count()) == (url, 0)


@pytest.mark.parametrize("address", ["//evil.example/x", "https://evil.example/x", "", "\\evil.example"])
def test_language_switch_leads_nowhere_else(client, writer, url, address):
    data = filled(client.get(url), "body", body=BODY) | {"interface_language": "ru"}
    answer = client.post(f"/my/kept/language/?{urlencode({'next': address})}", data)
    assert "evil" not in answer.url.split("/")[2:3] and answer.url.startswith("/")


def test_what_was_typed_is_kept_for_its_account_when_another_one_changes_the_language(client, writer, url):
    data = filled(client.get(url), "body", body=BODY) | {"interface_language": "ru"}
    client.force_login(create_staff())
    answer = client.post(f"/my/kept/language/?next={url}", data)
    assert (answer.url, KeptPost.objects.get().account) == (url, writer.pk)
