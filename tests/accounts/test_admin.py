import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def test_nobody_sets_somebodys_password(client, superuser):
    person = UserFactory()
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    assert client.post(address, {"password1": "new-horse-99", "password2": "new-horse-99"}).status_code == 403
    assert 'name="password"' not in client.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()


def test_other_rights_are_logged_and_end_the_sessions_that_had_the_former(client, superuser):
    person = UserFactory()
    theirs = Client()
    theirs.force_login(person)
    page = client.get(reverse("admin:accounts_user_change", args=[person.pk]))
    data = {f.html_name: f.value() for f in page.context["adminform"].form if f.value() not in (None, False)}
    data |= {"is_staff": "on", "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    answer = client.post(page.request["PATH_INFO"], data)
    assert answer.status_code == 302, answer.context["errors"]
    assert not theirs.get("/my/session/").json()["is_logged_in"]
    assert client.get("/my/session/").json()["is_logged_in"]
    assert LogEntry.objects.get().user == superuser
