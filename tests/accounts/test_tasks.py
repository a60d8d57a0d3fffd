import pytest

from accounts.tasks import delete_never_verified
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_address_that_waits_beside_a_confirmed_one_is_deleted_by_the_task():
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    user.emailaddress_set.create(email="victim@example.org")
    delete_never_verified()
    assert list(user.emailaddress_set.values_list("email", flat=True)) == [user.email]
