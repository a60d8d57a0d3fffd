import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from kr_ru_platform.web.admin_site import MAY_BE_DELETED
from tests.factories.membership import MembershipFactory
from tests.factories.user import UserFactory, create_programme_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


@pytest.fixture
def request_of(superuser):
    request = RequestFactory().get("/admin/")
    request.user = superuser
    return request


def test_nothing_is_deleted_but_a_lost_second_factor(request_of):
    deletable = {
        model._meta.label_lower
        for model, own in admin.site._registry.items()
        if own.has_delete_permission(request_of) or "delete_selected" in own.get_actions(request_of)
    }
    assert deletable == MAY_BE_DELETED
    assert not [
        inline
        for own in admin.site._registry.values()
        for inline in own.get_inline_instances(request_of)
        if inline.can_delete
    ]


def test_a_person_with_all_that_hangs_on_them_stays(client, superuser):
    person = MembershipFactory().user
    assert client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), form)
    person.refresh_from_db()
    assert person.memberships.exists()


@pytest.mark.parametrize("make", [lambda: UserFactory(is_staff=True), create_programme_admin, UserFactory])
def test_only_superusers_come_in(make):
    client = Client()
    client.force_login(make())
    assert client.get("/admin/accounts/user/").status_code in (302, 403)
    assert client.get("/admin/", follow=True).status_code == 403
