import io

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import ngettext

from matching.models import Technology
from matching.wording.imports import message_for
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
GOOD = "id,title,lang\n1,Провод,ru\n2,선재,ko\n"
BAD = GOOD + "3,Wire,xx\n"


def bad_rows():
    return ngettext("%(count)s row has errors.", "%(count)s rows have errors.", 1) % {"count": 1}


@pytest.fixture
def run(tmp_path):
    def run_with(content, *options, name="a.csv", **more):
        path = tmp_path / name
        path.write_bytes(content.encode())
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_technologies", str(path), *options, stdout=out, stderr=err, **more)
        except CommandError as error:
            if str(error) != bad_rows():
                raise
            err.write(f"exit {error.returncode}: {error}")
        return out.getvalue(), err.getvalue()

    return run_with


def stored():
    return set(Technology.objects.values_list("external_id", "state"))


def test_good_rows_come_in_and_errors_are_named(run):
    _out, err = run(BAD)
    assert stored() == {("1", "draft"), ("2", "draft")}
    assert f"4 · lang: {message_for('unknown_language')} xx" in err
    assert err.endswith(f"exit 1: {bad_rows()}")


def test_dry_run_changes_nothing(run):
    run(BAD, "--dry-run")
    assert stored() == set()


def test_all_or_nothing_imports_nothing_with_an_error(run):
    with pytest.raises(CommandError, match=message_for("rows_have_errors")):
        run(BAD, "--all-or-nothing")
    assert stored() == set()


@pytest.mark.parametrize("options", [(), ("--all-or-nothing",)])
def test_a_file_broken_in_the_middle_is_not_half_imported(run, monkeypatch, options):
    monkeypatch.setattr("matching.domain.intake.batches.BATCH", 1)
    with pytest.raises(CommandError, match=message_for("broken_csv")):
        run(GOOD + '"' + "x" * 300_000, *options)
    assert stored() == set()


def test_publish_and_owner(run):
    staff = create_staff()
    run(GOOD, "--publish", "--owner", staff.email.upper())
    assert set(Technology.objects.values_list("state", "owner")) == {("published", staff.pk)}


def test_what_is_wrong_is_said(run, tmp_path):
    with pytest.raises(CommandError):
        run(GOOD, "--owner", "nobody@example.org")
    with pytest.raises(CommandError, match=message_for("wrong_type")):
        run(GOOD, name="a.pdf")
    with pytest.raises(CommandError):
        call_command("import_technologies", str(tmp_path / "missing.csv"))
