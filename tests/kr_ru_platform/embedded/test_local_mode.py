import os
import stat
import subprocess
import sys
from multiprocessing.pool import ThreadPool

import pytest

from kr_ru_platform.embedded.layout import ServiceError
from kr_ru_platform.embedded.local_mode import (
    hosts_of_command,
    is_any_host,
    is_loopback,
    refuse_network,
    secret_key,
)
from tests.services import clean_environment, run_manage

LOCAL = "kr_ru_platform.settings.local"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "LOCALHOST", "a.localhost", "::ffff:127.0.0.1"]
)
def test_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "[::]", "", "192.168.0.10", "fe80::1%eth0", "localhost.example.org", "127.0.0.1.nip.io"]
)
def test_other_machines(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "name", ["*", "*.example.org", ".", "..", "", ".org", ".co.kr", ".CO.KR", ".com.ru", ".github.io", "192.168.*"]
)
def test_patterns_that_stand_for_any_host(name):
    assert is_any_host(name)


@pytest.mark.parametrize(
    "name", ["portal.example.org", ".example.org", ".centre.co.kr", "co.kr", "localhost", "192.168.0.10", "[::1]"]
)
def test_names_of_ones_own(name):
    assert not is_any_host(name)


@pytest.mark.parametrize(
    ("argv", "hosts"),
    [
        (["portal"], ["10.0.0.1"]),
        (["runserver"], []),
        (["runserver", "8001"], []),
        (["runserver", "0.0.0.0:8001"], ["0.0.0.0"]),
        (["runserver", "--noreload", "[::]:8001"], ["[::]"]),
        (["migrate"], []),
        ([], []),
    ],
)
def test_where_a_command_listens(argv, hosts):
    assert hosts_of_command(["manage.py", *argv], {"HOST": "10.0.0.1"}) == hosts


def test_network_needs_a_word():
    refuse_network(["127.0.0.1", "::1"], {})
    refuse_network(["0.0.0.0"], {"LOCAL_NETWORK": "1"})
    refuse_network(["0.0.0.0"], {"DJANGO_SETTINGS_MODULE": "kr_ru_platform.settings.production"})
    with pytest.raises(ServiceError, match="Local mode does not listen on 0.0.0.0"):
        refuse_network(["127.0.0.1", "0.0.0.0"], {"LOCAL_NETWORK": "0"})


def test_key_is_this_folders_own_and_made_once(tmp_path):
    folder = tmp_path / "data"
    with ThreadPool(8) as pool:
        keys = set(pool.map(secret_key, [folder] * 8))
    assert len(keys) == 1 and len(keys.pop()) >= 64
    assert [path.name for path in folder.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert secret_key(tmp_path / "other") != secret_key(folder)


@pytest.mark.parametrize(
    ("command", "environment"),
    [
        (["portal"], {"HOST": "0.0.0.0"}),
        (["portal"], {"HOST": "::", "ALLOWED_HOSTS": "portal.example.org"}),
        (["runserver", "0:8000"], {}),
        (["runserver", "192.168.0.10:8000"], {}),
    ],
)
def test_portal_open_to_other_machines_is_refused_with_a_sentence_and_starts_nothing(tmp_path, command, environment):
    answer = run_manage(*command, DATA_DIR=str(tmp_path / "data"), **environment)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Local mode does not listen on ") and "LOCAL_NETWORK=1" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ALLOWED_HOSTS": "*"}, "'*' stands for any"),
        ({"ALLOWED_HOSTS": "localhost,*"}, "'*' stands for any"),
        ({"LOCAL_NETWORK": "1"}, "LOCAL_NETWORK needs ALLOWED_HOSTS"),
        ({"LOCAL_NETWORK": "1", "ALLOWED_HOSTS": "*"}, "'*' stands for any"),
    ],
)
def test_any_host_is_refused_in_local_mode(tmp_path, environment, sentence):
    answer = run_manage("check", DATA_DIR=str(tmp_path), **environment)
    assert (answer.returncode, "Traceback" in answer.stderr) == (1, False)
    assert sentence in answer.stderr


def printed(tmp_path, expression, **environment):
    # A fresh interpreter: settings are read once.
    code = f"import kr_ru_platform.settings.local as s; print(({expression}))"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment(DATA_DIR=str(tmp_path), **environment),
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


def test_training_room_says_so_and_names_its_address(tmp_path):
    room = {"LOCAL_NETWORK": "1", "ALLOWED_HOSTS": "192.168.0.10", "PORT": "8010"}
    expression = "s.DEMO_MODE, s.LOOPBACK_ONLY, s.PUBLIC_BASE_URL, s.ALLOWED_HOSTS[0]"
    assert printed(tmp_path, expression, **room) == "(False, False, 'http://192.168.0.10:8010', '192.168.0.10')"
    assert printed(tmp_path, "s.DEMO_MODE", **room, DEMO_ACCOUNTS="1") == "True"
    assert printed(tmp_path, "s.DEMO_MODE, s.LOOPBACK_ONLY, s.ALLOWED_HOSTS") == (
        "(True, True, ['localhost', '127.0.0.1', '[::1]'])"
    )


def test_gunicorn_with_local_settings_is_refused_too(tmp_path):
    command = [sys.executable, "-m", "gunicorn", "kr_ru_platform.wsgi:application", "--bind", "0.0.0.0:0"]
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE=LOCAL, DATA_DIR=str(tmp_path / "data"), PATH=os.environ["PATH"]
    )
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 1
    assert "Local mode does not listen on 0.0.0.0" in answer.stderr
