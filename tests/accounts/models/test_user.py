import pytest

from accounts.models import User
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_centre_staff_are_exactly_the_people_who_say_so_by_name():
    staff = create_staff(full_name="나")
    admin = create_programme_admin(full_name="가")
    superuser = UserFactory(full_name="라", is_superuser=True)
    former = create_staff(full_name="다", is_active=False)
    create_evaluator()
    UserFactory(is_staff=True)
    assert list(User.objects.centre_staff()) == [admin, staff, former, superuser]
    assert list(User.objects.centre_staff().active()) == [admin, staff, superuser]
    assert {user for user in User.objects.all() if user.is_centre_staff} == set(User.objects.centre_staff())
