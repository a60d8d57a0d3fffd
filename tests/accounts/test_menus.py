import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import menus
from kr_ru_platform.web.registered.menus import Menu, entries_for
from tests.factories.membership import create_member
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db
PAGES = {"organisation_list", "my_organisation", "people_list"}


@pytest.mark.parametrize(
    ("make_user", "pages"),
    [
        (UserFactory, ["my_organisation"]),
        (create_member, ["my_organisation"]),
        (create_evaluator, ["my_organisation"]),
        (create_staff, ["organisation_list"]),
        (create_programme_admin, ["organisation_list", "people_list"]),
        (lambda: UserFactory(is_superuser=True), ["organisation_list", "people_list"]),
    ],
)
def test_menus_offer_organisations_and_people_by_role(make_user, pages):
    user = make_user()
    offered = [entry.page for menu in (Menu.MAIN, Menu.ACCOUNT) for entry in entries_for(menu, user)]
    assert [page for page in offered if page in PAGES] == pages


def test_not_staff_is_true_of_visitors_too():
    assert menus.not_staff(AnonymousUser())


def test_register_twice_offers_each_page_once():
    user = create_programme_admin()
    before = entries_for(Menu.ACCOUNT, user)
    menus.register()
    assert entries_for(Menu.ACCOUNT, user) == before
