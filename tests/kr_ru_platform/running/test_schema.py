import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kr_ru_platform.running import schema
from tests.services import run_manage


@pytest.mark.parametrize(
    ("arguments", "needs"),
    [
        (["import_technologies", "file.csv"], True),
        (["createsuperuser"], True),
        (["backup", "-"], True),
        (["portal"], False),
        (["restore", "-"], False),
        (["migrate"], False),
        (["import_technologies", "--help"], False),
        (["no_such_command"], False),
        ([], False),
    ],
)
def test_needs_tables_knows_our_commands(arguments: list[str], needs: bool) -> None:
    assert schema.needs_tables(["manage.py", *arguments]) is needs


def test_first_command_on_an_empty_folder_makes_the_tables(tmp_path) -> None:
    answer = run_manage("import_technologies", str(tmp_path / "none.csv"), DATA_DIR=str(tmp_path / "data"))
    assert answer.stderr.splitlines()[:2] == ["Creating the database …", "Updating the database …"]
    assert "Traceback" not in answer.stderr
    again = run_manage("createsuperuser", "--no-input", DATA_DIR=str(tmp_path / "data"))
    assert "Updating" not in again.stderr


@pytest.mark.django_db
def test_in_production_a_sentence_says_what_to_run() -> None:
    last = MigrationRecorder(connection).migration_qs.filter(app="matching").order_by("-id").first()
    last.delete()
    with pytest.raises(SystemExit, match="run `manage.py migrate` first"):
        schema.require(["manage.py", "import_technologies"], may_migrate=False)


@pytest.mark.django_db
def test_tables_that_are_up_to_date_are_left_alone() -> None:
    said: list[str] = []
    schema.bring_up_to_date(said.append)
    schema.require(["manage.py", "import_technologies"], may_migrate=False)
    assert said == []
