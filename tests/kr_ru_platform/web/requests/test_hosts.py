import logging

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/static/css/base.css", "/healthz", "/nothing/", "/admin/"])
@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "a b", "[::", "portal.example.org@evil", ""]
)
def test_request_for_somebody_elses_host_is_refused_in_plain_words(client, settings, caplog, path, host):
    settings.ALLOWED_HOSTS = ["portal.example.org", "127.0.0.1"]
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 400
    assert "요청을 처리할 수 없습니다" in answer.content.decode()
    assert [record.levelname for record in caplog.records if record.name.startswith("kr_ru_platform")] == ["WARNING"]
    assert not [record for record in caplog.records if record.exc_info or record.levelno >= logging.ERROR]


def test_a_host_cannot_write_lines_into_the_log(client, settings, caplog):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    client.get("/", headers={"host": "evil\nINFO all is well" + "x" * 5000})
    assert "\n" not in caplog.records[0].getMessage() and len(caplog.records[0].getMessage()) < 400


def test_ones_own_host_is_answered(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    assert client.get("/guide/", headers={"host": "portal.example.org:8443"}).status_code == 200


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("", 200), ("192.168.0.7", 403)])
def test_local_mode_answers_this_machine_alone_however_it_was_started(client, settings, address, status):
    settings.LOOPBACK_ONLY = True
    answer = client.get("/guide/", REMOTE_ADDR=address)
    assert answer.status_code == status
    if status == 403:
        assert "LOCAL_NETWORK=1" in answer.content.decode()
