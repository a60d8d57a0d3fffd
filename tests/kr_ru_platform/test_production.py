import pytest

from tests.services import run_manage

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "kr_ru_platform.settings.production",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "SECRET_KEY": "kQ7vT2mXc9LrZpW4sHnB8yJfD6gAeU3iRo5tMw1zKxVbNqSjPlYh0CdGfEuI",
    "ALLOWED_HOSTS": "portal.example.org",
    "EMAIL_URL": "smtp://mail.example.org",
}


def test_deployment_check_is_clean() -> None:
    answer = run_manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert answer.returncode == 0, answer.stderr


def test_production_names_everything_that_is_missing() -> None:
    answer = run_manage("check", DJANGO_SETTINGS_MODULE=COMPLETE["DJANGO_SETTINGS_MODULE"])
    assert answer.returncode == 1
    assert "DATABASE_URL, REDIS_URL, SECRET_KEY, ALLOWED_HOSTS, EMAIL_URL" in answer.stderr


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
def test_production_refuses_to_start_without_one(name: str, tmp_path) -> None:
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    answer = run_manage("migrate", DATA_DIR=str(tmp_path / "data"), **environment)
    assert answer.returncode == 1
    assert f"Set these environment variables before starting: {name}." in answer.stderr
    # And nothing embedded was started in its place.
    assert not (tmp_path / "data").exists()


def test_production_refuses_a_weak_secret() -> None:
    answer = run_manage("check", **COMPLETE | {"SECRET_KEY": "local-mode-only-not-a-secret" * 3})
    assert answer.returncode == 1
    assert "SECRET_KEY must be at least 50 random characters." in answer.stderr


@pytest.mark.parametrize(("environment", "count"), [({}, 1), ({"TRUSTED_PROXY_COUNT": "2"}, 2)])
def test_production_counts_attempts_to_log_in_by_the_address_that_the_proxy_tells(environment, count) -> None:
    command = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    answer = run_manage("shell", "--no-imports", "-c", command, **COMPLETE | environment)
    assert answer.stdout.split() == [str(count)], answer.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ALLOWED_HOSTS": "*"}, "'*' stands for any"),
        ({"ALLOWED_HOSTS": "portal.example.org,*"}, "'*' stands for any"),
        ({"ALLOWED_HOSTS": "."}, "'.' stands for any"),
        ({"ALLOWED_HOSTS": ".kr"}, "'.kr' stands for any"),
        ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "https://portal.example.org"}, "without https:// and ports"),
        ({"ALLOWED_HOSTS": "portal.example.org:443"}, "without https:// and ports"),
        ({"DEBUG": "on"}, "DEBUG shows"),
        ({"DEMO_ACCOUNTS": "1"}, "DEMO_ACCOUNTS belongs to local mode"),
        ({"LOCAL_NETWORK": "1"}, "LOCAL_NETWORK belongs to local mode"),
        ({"PUBLIC_BASE_URL": "http://portal.example.org"}, "must begin with https://"),
        ({"PUBLIC_BASE_URL": "portal.example.org"}, "must begin with https://"),
        ({"SECOND_FACTOR_KEYS": "short"}, "SECOND_FACTOR_KEYS must be at least 32"),
        ({"SECRET_KEY": "django-insecure-" + COMPLETE["SECRET_KEY"]}, "SECRET_KEY must be"),
    ],
)
def test_production_refuses_settings_that_open_it(environment: dict[str, str], sentence: str) -> None:
    answer = run_manage("check", **COMPLETE | environment)
    assert (answer.returncode, "Traceback" in answer.stderr) == (1, False)
    assert sentence in answer.stderr


@pytest.mark.parametrize(("asked", "preload"), [({}, False), ({"SECURE_HSTS_PRELOAD": "on"}, True)])
def test_browsers_keep_the_domain_for_years_only_where_asked_for(asked: dict[str, str], preload: bool) -> None:
    command = "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_PRELOAD)"
    answer = run_manage("shell", "--no-imports", "-c", command, **COMPLETE | asked)
    assert answer.stdout.split() == ["31536000", str(preload)], answer.stderr
