"""Who may enter the curators' pages."""

import pytest
from django.urls import reverse

from tests.factories.membership import create_member
from tests.factories.user import create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_visitor_is_sent_to_log_in_and_comes_back(client):
    page = reverse("technology_create")
    assert client.get(page).url == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize(
    ("make_user", "status"),
    [(create_staff, 200), (create_programme_admin, 200), (create_evaluator, 403), (create_member, 403)],
)
def test_only_people_of_the_centre_enter(client, make_user, status):
    client.force_login(make_user())
    assert client.get(reverse("technology_create")).status_code == status
