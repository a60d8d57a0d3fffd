import pytest
from django.core.management import call_command

from accounts.demo.demo_accounts import DEMO_ACCOUNTS, create_demo_accounts
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_remove_demo_accounts_lets_none_of_them_in_and_says_how_many(client, settings, capsys):
    settings.DEMO_MODE = True
    create_demo_accounts()
    call_command("remove_demo_accounts")
    assert capsys.readouterr().out == "6 demo accounts removed.\n"
    assert not any(client.login(email=one["email"], password=one["password"]) for one in DEMO_ACCOUNTS)
    assert list(User.objects.values_list("is_active", flat=True)) == [False] * 6


def test_remove_demo_accounts_where_there_are_none_touches_nobody_else(settings, capsys, django_user_model):
    person = django_user_model.objects.create_user("kim@example.org", "right-horse-7")
    call_command("remove_demo_accounts")
    assert capsys.readouterr().out == "0 demo accounts removed.\n"
    person.refresh_from_db()
    assert (person.email, person.is_active) == ("kim@example.org", True)
