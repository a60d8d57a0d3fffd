from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import ClosedAccount
from tests.factories.user import UserFactory, create_programme_admin

pytestmark = pytest.mark.django_db


def closed(**fields):
    return ClosedAccount.objects.create(user=UserFactory(), closed_by=create_programme_admin(), **fields)


def test_closed_account_says_no_name_of_itself():
    """Lists of the emergency admin show it to more people than the histories."""
    row = closed(full_name="홍길동")
    assert str(row) == f"#{row.user_id}"


def test_account_is_closed_once():
    row = closed()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedAccount.objects.create(user=row.user, closed_by=row.closed_by)
    assert list(ClosedAccount.objects.all()) == [row]


@pytest.mark.parametrize("who", ["user", "closed_by"])
def test_neither_the_person_nor_who_closed_the_account_can_be_deleted(who):
    row = closed()
    with pytest.raises(ProtectedError):
        getattr(row, who).delete()


def test_closed_accounts_stand_newest_first():
    old = closed(closed_at=timezone.now() - timedelta(days=3))
    new, oldest = closed(), closed(closed_at=timezone.now() - timedelta(days=9))
    assert list(ClosedAccount.objects.all()) == [new, old, oldest]
