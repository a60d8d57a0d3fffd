import re

import pytest
from django.urls import reverse

from accounts.models import ClosedAccount
from kr_ru_platform.web.kept.form_tokens import account_key
from kr_ru_platform.web.kept.keeping import ENDED_COOKIE
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.user import PASSWORD, UserFactory, create_programme_admin

pytestmark = pytest.mark.django_db


def shown_again(client, answer):
    """The password, or the second factor, is asked for; then what was asked for is done."""
    assert answer.url.startswith(reverse("account_reauthenticate"))
    return client.post(answer.url, {"password": PASSWORD})


def test_a_person_closes_their_own_account(client):
    person = create_member()
    client.force_login(person)
    assert reverse("my_account_close") in client.get(reverse("my_details")).content.decode()
    address = reverse("my_account_close")
    assert "되돌릴 수 없습니다" in client.get(address).content.decode()
    answer = client.post(address, {"is_confirmed": "on"})
    assert not ClosedAccount.objects.exists()
    answer = shown_again(client, answer)
    assert answer.url == reverse("home")
    # The browser throws away what it kept of the person's forms.
    assert client.cookies[ENDED_COOKIE].value == account_key(person.pk)
    assert ClosedAccount.objects.get().closed_by_id == person.pk
    assert not client.get(reverse("session_state")).json()["is_logged_in"]
    assert not client.login(email=person.email, password=PASSWORD)


def test_the_form_as_a_browser_sends_it(client):
    """With the mark of its page, by which a form does its work once."""
    client.force_login(create_member())
    address = reverse("my_account_close")
    page = client.get(address).content.decode().split("<main")[1]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert "csrfmiddlewaretoken" in hidden
    assert shown_again(client, client.post(address, {**hidden, "is_confirmed": "on"})).url == reverse("home")
    assert ClosedAccount.objects.exists()


def test_without_the_tick_nothing_is_closed(client):
    client.force_login(create_member())
    answer = shown_again(client, client.post(reverse("my_account_close")))
    assert answer.context["form"].errors
    assert not ClosedAccount.objects.exists()


def test_who_has_to_hand_over_is_told_to_whom(client):
    membership = MembershipFactory()
    MembershipFactory(organisation=membership.organisation, role="member")
    client.force_login(membership.user)
    page = client.get(reverse("my_account_close")).content.decode()
    assert 'id="hindrances"' in page and "<form class=" not in page.split("<main")[1].split("</main")[0]


def test_programme_manager_closes_somebodys_account(client):
    person, manager = create_member(), create_programme_admin()
    client.force_login(manager)
    assert (
        reverse("person_close", args=[person.pk])
        in client.get(reverse("person_detail", args=[person.pk])).content.decode()
    )
    answer = shown_again(client, client.post(reverse("person_close", args=[person.pk]), {"is_confirmed": "on"}))
    assert answer.url == reverse("people_list")
    assert ClosedAccount.objects.get().closed_by == manager
    page = client.get(reverse("person_detail", args=[person.pk])).content.decode()
    assert "closed.invalid" not in page and "탈퇴한 회원" in page
    assert person not in client.get(reverse("people_list")).context["page"].object_list


def test_programme_manager_cannot_close_a_superuser(client):
    client.force_login(create_programme_admin())
    boss = UserFactory(is_superuser=True)
    assert client.get(reverse("person_close", args=[boss.pk])).status_code == 403
