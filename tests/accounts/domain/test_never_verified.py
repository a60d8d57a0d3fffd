from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.domain.never_verified import delete_never_verified, free_address, is_taken, owner_of
from accounts.enums import Group
from accounts.models import User
from tests.factories.membership import MembershipFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=400)


def opened(verified=False, **fields) -> User:
    user = UserFactory(date_joined=LONG_AGO, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def test_those_are_kept_who_confirmed_or_logged_in_or_were_given_something():
    kept = [
        opened(verified=True),
        opened(last_login=LONG_AGO),
        opened(is_superuser=True),
        opened(is_staff=True),
        opened(in_groups=[Group.EVALUATOR]),
        MembershipFactory(user=opened()).user,
        # Entered by an administrator, who asked for no address.
        UserFactory(date_joined=LONG_AGO),
    ]
    gone = opened()
    assert [is_taken(user.email) for user in [*kept, gone]] == [True] * len(kept) + [False]
    for user in kept:
        free_address(email=user.email)
    assert delete_never_verified() == 1
    assert list(User.objects.filter(date_joined=LONG_AGO).order_by("pk")) == kept


def test_address_that_waits_beside_a_confirmed_one_is_free_for_its_owner():
    user = opened(verified=True)
    waiting = EmailAddress.objects.create(user=user, email="victim@example.org")
    assert not is_taken(waiting.email)
    free_address(email="Victim@example.org")
    assert list(user.emailaddress_set.values_list("email", flat=True)) == [user.email]


def test_whoever_has_shown_that_the_address_is_theirs_is_kept():
    mine, other = opened(email="mine@example.org"), opened(email="other@example.org")
    free_address(email=mine.email, keep=mine)
    assert list(User.objects.order_by("pk")) == [mine, other]


@pytest.mark.parametrize("alike", ["mıne@example.org", "mİne@example.org"])
def test_address_that_only_looks_like_it_frees_and_takes_nothing(alike):
    mine = opened(email="mine@example.org")
    free_address(email=alike)
    assert list(User.objects.all()) == [mine]
    EmailAddress.objects.update(verified=True)
    assert (owner_of("Mine@Example.org"), owner_of(alike)) == (mine, None)


def test_owner_of_a_second_address_is_known():
    user = opened(verified=True)
    EmailAddress.objects.create(user=user, email="second@example.org", verified=True)
    assert owner_of("second@example.org") == user
