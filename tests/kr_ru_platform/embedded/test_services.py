from pathlib import Path

import pytest

from kr_ru_platform.embedded import postgres, valkey
from kr_ru_platform.embedded.layout import Layout
from kr_ru_platform.embedded.services import needs_services
from tests.services import run_manage


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("manage.py", False),
        ("manage.py help", False),
        ("manage.py check --deploy", False),
        ("manage.py migrate --help", False),
        ("manage.py migrate", True),
        ("manage.py shell -c 1", True),
    ],
)
def test_services_are_started_only_for_commands_that_use_them(command: str, expected: bool) -> None:
    assert needs_services(command.split()) is expected


def test_command_by_itself_has_services_for_its_own_duration(tmp_path: Path) -> None:
    code = "from django.core.cache import cache; from django.db import connection; cache.set('a', 1)"
    code += "; connection.ensure_connection(); print(cache.get('a'))"
    answer = run_manage("shell", "--no-imports", "-c", code, DATA_DIR=str(tmp_path / "data"))
    assert (answer.returncode, answer.stdout.strip()) == (0, "1"), answer.stderr
    assert postgres.servers_on(tmp_path / "data" / "pg") == []
    assert not valkey.is_ready(Layout(tmp_path / "data"))
