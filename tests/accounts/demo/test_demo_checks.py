from contextlib import contextmanager

import pytest
from django.core.checks import run_checks
from django.db import connection

from accounts.demo.demo_accounts import create_demo_accounts, remove_demo_accounts
from accounts.demo.demo_checks import no_demo_accounts
from accounts.models import User

pytestmark = pytest.mark.django_db


@contextmanager
def database_is(**different):
    """The portal's database is another one for a while: database_is(PORT="9")."""
    kept = connection.settings_dict
    connection.close()
    connection.settings_dict = {**kept, **different}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = kept


def _demo_errors():
    return [error.id for error in run_checks(databases=["default"]) if error.id == "accounts.E001"]


def test_check_names_demo_accounts_until_they_are_removed(settings):
    settings.DEMO_MODE = True
    create_demo_accounts()
    assert _demo_errors() == []
    settings.DEMO_MODE = False
    assert _demo_errors() == ["accounts.E001"]
    assert remove_demo_accounts() == 6
    assert _demo_errors() == []


def test_check_names_every_account_that_is_left(settings):
    settings.DEMO_MODE = True
    kept = create_demo_accounts()[:2]
    settings.DEMO_MODE = False
    User.objects.exclude(pk__in=[user.pk for user in kept]).delete()
    (error,) = no_demo_accounts(databases=["default"])
    assert error.msg == "Demo accounts are in the database: sme@demo.example, staff@demo.example."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("different", [{"NAME": "postgres"}, {"HOST": "127.0.0.1", "PORT": "9"}])
def test_check_passes_where_the_database_has_no_tables_yet_or_is_down_for_a_moment(settings, different):
    settings.DEMO_MODE = True
    create_demo_accounts()
    settings.DEMO_MODE = False
    with database_is(**different):
        assert no_demo_accounts(databases=["default"]) == []
    assert len(no_demo_accounts(databases=["default"])) == 1
