import pytest
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kr_ru_platform.models import KeptPost, SentForm
from kr_ru_platform.web.kept.form_tokens import account_key
from kr_ru_platform.web.kept.keeping import takes_part
from matching.models import Demand
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.user import UserFactory, create_staff
from tests.kr_ru_platform.web.forms import filled

pytestmark = pytest.mark.django_db
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
def writer(client, match_request):
    client.force_login(match_request.requested_by)
    return match_request.requested_by


@pytest.fixture
def member(client):
    user = create_member()
    client.force_login(user)
    return user


def demand_form(client):
    return filled(client.get("/demands/new/"), "problem", problem=BODY, action="draft")


@pytest.mark.parametrize(
    ("method", "path", "has_part"),
    [
        ("post", "/demands/new/", True),
        ("get", "/demands/new/", False),
        ("post", "/accounts/login/", False),
        ("post", "/accounts/2fa/authenticate/", False),
        ("post", "/i18n/setlang/", False),
        ("post", "/my/kept/language/", False),
        ("post", "/my/kept/put/", True),
    ],
)
def test_every_form_takes_part_but_for_accounts_and_the_language(rf, method, path, has_part):
    request = getattr(rf, method)(path)
    found = [takes_part(request, view) for view in (HttpResponse, csrf_exempt(lambda _request: HttpResponse()))]
    assert found == [has_part, False]


def test_autosave_of_a_form_that_was_sent_begins_no_second_draft(client, member):
    data = demand_form(client)
    client.post("/demands/new/", data)
    copy = demand_form(client) | {"form_token": data["form_token"]}
    answer = client.post("/demands/autosave/", copy, headers={"X-Autosave": "1"})
    assert (answer.status_code, Demand.objects.count()) == (409, 1)


@pytest.mark.parametrize("token", ["", "x", "aaaaaaaaaaaaaaaaaaaa.1:bad"])
def test_form_without_a_good_token_is_answered_as_ever(client, member, token):
    data = demand_form(client) | {"form_token": token}
    assert client.post("/demands/new/", data).status_code == 302
    assert not SentForm.objects.exists()


def test_form_of_one_person_is_not_sent_in_the_name_of_another(client, member):
    data = demand_form(client)
    client.force_login(create_member())
    assert client.post("/demands/new/", data).status_code == 409
    assert not Demand.objects.exists()


def test_log_out_tells_the_browser_whose_text_to_clear(client, writer):
    answer = client.post("/accounts/logout/")
    assert answer.cookies["kept_ended"].value == account_key(writer.pk)
    client.force_login(UserFactory())
    client.session.flush()
    assert "kept_ended" not in client.get("/guide/").cookies


def test_text_is_kept_when_the_server_breaks(client, writer, url, monkeypatch):
    data = filled(client.get(url), "body", body=BODY)
    monkeypatch.setattr("matching.views.requests.match_requests.domain.post_message", lambda **_data: 1 / 0)
    client.raise_request_exception = False
    assert client.post(url, data).status_code == 500
    monkeypatch.undo()
    kept = KeptPost.objects.get()
    assert f"{url}?kept={kept.pk}" in client.get("/guide/").content.decode()
    assert filled(client.get(f"{url}?kept={kept.pk}"), "body")["body"] == BODY


def test_text_is_kept_when_the_request_was_taken_away_meanwhile(client, writer, match_request, url):
    data = filled(client.get(url), "body", body=BODY)
    writer.memberships.all().delete()
    assert client.post(url, data).status_code == 404
    assert [value for _name, value in KeptPost.objects.get().fields] == [BODY]


def test_form_that_shows_itself_again_is_not_kept_as_well(client, writer, url):
    assert client.post(url, filled(client.get(url), "body", body="")).status_code == 200
    assert not KeptPost.objects.exists()


def test_text_sent_without_the_second_factor_is_kept(client, settings, match_request, url):
    staff = create_staff()
    client.force_login(staff)
    data = filled(client.get(url), "body", body=BODY)
    settings.STAFF_MFA_REQUIRED = True
    assert client.post(url, data).status_code == 302
    assert [value for name, value in KeptPost.objects.get().fields if name == "body"] == [BODY]
