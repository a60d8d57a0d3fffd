import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demo.demo_accounts import DEMO_ACCOUNTS, create_demo_accounts
from accounts.models import Membership, Organisation, User
from accounts.validators import validate_business_number

pytestmark = pytest.mark.django_db


def test_demo_accounts_twice_makes_each_once(settings):
    settings.DEMO_MODE = True
    create_demo_accounts()
    create_demo_accounts()
    assert sorted(User.objects.values_list("email", flat=True)) == sorted(a["email"] for a in DEMO_ACCOUNTS)
    assert Membership.objects.count() == 2
    assert {u.email.split("@")[0] for u in User.objects.all() if u.is_centre_staff} == {"staff", "staff2", "admin"}
    for organisation in Organisation.objects.exclude(registration_number=""):
        validate_business_number(organisation.registration_number)


def test_demo_accounts_outside_local_mode_are_refused(settings):
    settings.DEMO_MODE = False
    with pytest.raises(ImproperlyConfigured):
        create_demo_accounts()
    assert not User.objects.exists()
