import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.domain.people.people import assign_groups
from accounts.signing_in.middleware import StaffSecondFactorMiddleware
from tests.factories.user import PASSWORD, UserFactory, create_programme_admin, create_staff

# What ends sessions runs when the change is safe in the database.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _required(settings):
    settings.STAFF_MFA_REQUIRED = True


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_address(user):
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def logged_in(user):
    """By the pages themselves, as far as the password leads."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def enrol(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def has_rights(client):
    return client.get(reverse("organisation_list")).status_code == 200


def is_logged_in(client):
    return client.get(reverse("session_state")).json()["is_logged_in"]


def test_staff_set_up_an_app_and_then_need_its_code_or_a_recovery_code(client):
    staff = with_address(create_staff())
    log_in = {"login": staff.email, "password": PASSWORD}
    page = client.post(reverse("account_login"), log_in, follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).context["form"].errors
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert client.get(reverse("workspace")).status_code == 200

    client.logout()
    assert client.post(reverse("account_login"), log_in).url == reverse("mfa_authenticate")
    assert client.get(reverse("workspace")).status_code == 302
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": recovery}).url == reverse("workspace")
    assert client.get(reverse("workspace")).status_code == 200
    # A recovery code is good for one time.
    client.logout()
    client.post(reverse("account_login"), log_in)
    assert client.post(reverse("mfa_authenticate"), {"code": recovery}).context["form"].errors


def test_enrolment_ends_other_sessions_and_gives_them_no_rights():
    staff = with_address(create_staff())
    first, second = logged_in(staff), logged_in(staff)
    assert is_logged_in(first) and is_logged_in(second)
    enrol(first)
    assert (has_rights(first), is_logged_in(second), has_rights(second)) == (True, False, False)


def test_a_session_that_only_knew_the_password_has_no_rights_though_the_person_enrolled():
    """Even if it was not ended, as one is that begins at that moment."""
    staff = with_address(create_staff())
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    client = Client()
    client.force_login(staff)
    answer = client.get("/curation/organisations/?q=1")
    assert (answer.status_code, answer.url) == (
        302,
        "/accounts/2fa/reauthenticate/?next=%2Fcuration%2Forganisations%2F%3Fq%3D1",
    )
    assert client.post(answer.url, {"code": code_of(secret)}).url == "/curation/organisations/?q=1"
    assert has_rights(client)


def test_anothers_factor_in_the_session_does_not_count():
    staff, other = create_staff(), create_staff()
    factor = TOTP.activate(other, generate_totp_secret()).instance
    client = Client()
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "id": factor.pk}]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
    assert not has_rights(client)


def test_removing_the_factor_ends_other_sessions_and_this_ones_rights():
    staff = with_address(create_staff())
    client = logged_in(staff)
    secret = enrol(client)
    other = logged_in(staff)
    other.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert has_rights(other)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert (is_logged_in(client), has_rights(client), is_logged_in(other)) == (True, False, False)


def test_new_recovery_codes_and_a_new_password_end_other_sessions():
    person = with_address(UserFactory())
    client, other = logged_in(person), logged_in(person)
    new = "other-horse-8"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_logged_in(client), is_logged_in(other)) == (True, False)


def test_change_of_rights_ends_the_persons_sessions():
    person = UserFactory()
    client = Client()
    client.force_login(person)
    assign_groups(user=person, groups={"centre_staff"}, by=create_programme_admin())
    assert not is_logged_in(client)


def test_rights_are_changed_after_showing_oneself_again():
    manager = with_address(create_programme_admin())
    client = logged_in(manager)
    enrol(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session["account_authentication_methods"] = list(session["account_authentication_methods"])
    session.save()
    person = UserFactory()
    address = reverse("person_detail", args=[person.pk])
    answer = client.post(address, {"groups": ["evaluator"], "is_confirmed": "1"})
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert not person.groups.exists()
    # Once shown, what was asked for is done.
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post(answer.url, {"code": recovery})
    assert [group.name for group in person.groups.all()] == ["evaluator"]


def every_address():
    def walk(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
            else:
                yield f"{namespace}{pattern.name}"

    return set(walk(get_resolver()))


def test_open_addresses_are_those_of_the_second_factor_and_of_the_session_itself():
    middleware = StaffSecondFactorMiddleware
    assert every_address() >= middleware.BEFORE | middleware.WHEN_SET_UP
    apps = {name.partition("_")[0] for name in middleware.BEFORE | middleware.WHEN_SET_UP}
    assert apps == {"account", "mfa", "session", "set", "healthz"}


@pytest.mark.parametrize(
    "make",
    [create_staff, create_programme_admin, lambda: UserFactory(is_superuser=True), lambda: UserFactory(is_staff=True)],
)
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/statistics/export/csv/",
        "/admin/",
        "/admin/accounts/user/",
        "/technologies/",
        "/no-such-page/",
        "/accounts/password/change/",
        "/accounts/2fa/recovery-codes/",
    ],
)
def test_every_kind_of_staff_gets_nowhere_without_it(make, address):
    client = Client()
    client.force_login(make())
    for headers in ({}, {"HX-Request": "true"}):
        for method in (client.get, client.post):
            answer = method(address, headers=headers)
            assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))
