"""The three steps of docs/operations.md."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from tests.accounts.signing_in.test_second_factor import enrol, has_rights
from tests.factories.codes import code_in, type_code
from tests.factories.user import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def test_first_administrator_in_three_steps(client, settings, monkeypatch):
    settings.STAFF_MFA_REQUIRED = True
    cache.clear()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="first@centre.example", interactive=False, verbosity=0)
    log_in = {"login": "first@centre.example", "password": PASSWORD}
    client.post(reverse("account_login"), log_in)
    type_code(client, code_in(mail.outbox[0]))
    assert not has_rights(client)
    enrol(client)
    assert has_rights(client)
    assert client.get("/admin/").status_code == 200
    assert client.get(reverse("people_list")).status_code == 200
