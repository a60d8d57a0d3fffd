import pytest
from django.contrib.auth.models import AnonymousUser

from kr_ru_platform.web import context_processors
from kr_ru_platform.web.context_processors import MEMBER_MENU, PUBLIC_MENU, STAFF_MENU, build_menu, menu_for
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make_user", "menu"),
    [(AnonymousUser, PUBLIC_MENU), (UserFactory, MEMBER_MENU), (create_staff, STAFF_MENU)],
)
def test_menu_follows_the_role(rf, make_user, menu):
    request = rf.get("/")
    request.user = make_user()
    assert menu_for(request) == menu


def test_longest_address_is_the_active_one(rf, monkeypatch):
    urls = {"a": "/technologies/", "b": "/technologies/import/", "c": None}
    monkeypatch.setattr(context_processors, "reverse_or_none", urls.get)
    request = rf.get("/technologies/import/7/")
    menu = build_menu(request, [("A", "a"), ("B", "b"), ("C", "c")])
    assert [tuple(item) for item in menu] == [
        ("A", "/technologies/", False, False),
        ("B", "/technologies/import/", True, False),
    ]
