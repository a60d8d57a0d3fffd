import pytest
from django.core.exceptions import FieldError

from accounts.models import User
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_address_is_stored_and_found_in_one_spelling() -> None:
    user = UserFactory(email="Ｋim@Example.org")
    assert user.email == "kim@example.org"
    assert list(User.objects.filter(email="KIM@EXAMPLE.ORG")) == [user]
    assert list(User.objects.filter(email__in=["KIM@example.org"])) == [user]


@pytest.mark.parametrize("other", ["kım@example.org", "kİm@example.org", "kim@examрle.org"])
def test_letters_that_look_alike_are_other_addresses(other: str) -> None:
    UserFactory(email="kim@example.org")
    assert not User.objects.filter(email=other).exists()
    assert UserFactory(email=other).email != "kim@example.org"


@pytest.mark.parametrize("lookup", ["email__iexact", "memberships__user__email__iexact"])
def test_the_database_compares_no_addresses_whatever_their_case(lookup: str) -> None:
    with pytest.raises(FieldError):
        User.objects.filter(**{lookup: "kim@example.org"})
