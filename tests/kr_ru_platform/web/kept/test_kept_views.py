import pytest
from django.test import Client

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web.kept.form_tokens import account_key
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.user import UserFactory
from tests.kr_ru_platform.web.forms import filled

pytestmark = pytest.mark.django_db
TEXTS = "/my/kept/texts/"
BODY = "시험 성적서를 첨부합니다.\n둘째 줄 <b>&quot; 그대로"


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
def member(client):
    user = create_member()
    client.force_login(user)
    return user


def demand_form(client):
    return filled(client.get("/demands/new/"), "problem", problem=BODY, action="draft")


def test_state_tells_the_browser_whose_text_it_may_keep(client):
    nobody = client.get("/my/kept/?sent=a1")
    user = UserFactory()
    client.force_login(user)
    answers = [nobody.json(), client.get("/my/kept/").json()]
    assert [(len(answer.pop("csrf")) > 30, answer) for answer in answers] == [
        (True, {"account": "", "arrived": []}),
        (True, {"account": account_key(user.pk), "arrived": []}),
    ]
    assert "no-store" in nobody["Cache-Control"]


def test_form_put_aside_before_a_change_of_language_is_ones_own(client, match_request, url):
    client.force_login(match_request.requested_by)
    data = filled(client.get(url), "body", body=BODY) | {"kept_page": url}
    answer = client.post("/my/kept/put/", data)
    kept = KeptPost.objects.get()
    assert (answer.status_code, answer.json(), kept.path) == (200, {"kept": kept.pk}, url)
    assert client.post("/my/kept/put/", data | {"form_token": "made up"}).status_code == 422
    client.force_login(UserFactory())
    assert client.post("/my/kept/put/", data).status_code == 409


def test_only_ones_own_sendings_have_arrived(client, member):
    data = demand_form(client) | {"form_attempt": "a1"}
    client.post("/demands/new/", data | {"problem": "", "action": "open"})
    assert client.get("/my/kept/?sent=a1").json()["arrived"] == []
    client.post("/demands/new/", data)
    assert client.get("/my/kept/?sent=a1&sent=b2").json()["arrived"] == ["a1"]
    client.force_login(create_member())
    assert client.get("/my/kept/?sent=a1").json()["arrived"] == []


def test_form_with_an_old_token_against_forgery_is_kept(match_request, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(match_request.requested_by)
    data = filled(client.get(url), "body", body=BODY) | {"csrfmiddlewaretoken": "a" * 64}
    answer = client.post(url, data)
    kept = KeptPost.objects.get()
    assert (answer.status_code, f"{url}?kept={kept.pk}" in answer.content.decode()) == (403, True)
    again = filled(client.get(f"{url}?kept={kept.pk}"), "body")
    assert again["body"] == BODY
    assert client.post(url, again).status_code == 302


def test_forged_form_leaves_nothing(match_request, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(match_request.requested_by)
    assert client.post(url, {"body": BODY}).status_code == 403
    assert not KeptPost.objects.exists()


def test_text_thrown_away_leads_back_to_where_it_was_offered(client):
    person = UserFactory()
    client.force_login(person)
    addresses = ["/guide/?page=2", "//evil.example/", "https://evil.example/", ""]
    posts = [
        KeptPost.objects.create(token=f"t{number}", account=person.pk, path="/demands/1/preferences/", fields=[])
        for number in range(len(addresses))
    ]
    answers = [
        client.post(f"/my/kept/{post.pk}/discard/", {"next": address}).url
        for post, address in zip(posts, addresses, strict=True)
    ]
    assert answers == ["/guide/?page=2", TEXTS, TEXTS, TEXTS]
    assert not KeptPost.objects.exists()


def test_page_of_a_kept_text_is_one_of_the_portal(client):
    match_request = MatchRequestFactory()
    client.force_login(match_request.requested_by)
    url = f"/requests/{match_request.pk}/"
    for address in ("//evil.example/x", "https://evil.example/", "javascript:alert(1)"):
        data = filled(client.get(url), "body", body=BODY)
        client.post("/my/kept/put/", data | {"kept_page": address})
    assert set(KeptPost.objects.values_list("path", flat=True)) == {"/my/kept/put/"}
    client.post("/my/kept/put/", filled(client.get(url), "body", body=BODY) | {"kept_page": f"{url}?match=3&kept=1"})
    assert KeptPost.objects.filter(path=url, query="match=3").exists()
