import pytest

from kr_ru_platform.web.requests.headers import HEADERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/"),
        ("get", "/nothing/"),
        ("get", "/static/css/base.css"),
        ("get", "/my/details/"),
        ("get", "/my/session/"),
        ("post", "/i18n/setlang/"),
        ("get", "/admin/"),
        ("get", "/healthz"),
        ("get", "/statistics/export/csv/"),
    ],
)
def test_every_answer_protects_itself(client, method, path):
    answer = getattr(client, method)(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_refusals_and_faults_protect_themselves_too(client, settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    refused = client.get("/", headers={"host": "evil.example"})
    settings.ALLOWED_HOSTS = ["*"]
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.views.people.session.JsonResponse", None)
    faulty = client.get("/my/session/")
    assert (refused.status_code, faulty.status_code) == (400, 500)
    for answer in (refused, faulty):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Content-Security-Policy" in answer.headers
