from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import RequestFactory

from accounts.forms.limited_forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from accounts.models import User
from kr_ru_platform.models import ThrottleCount
from kr_ru_platform.web.requests.too_many import is_counted
from tests.factories.user import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

EMAIL = "park@example.org"
SIGN_UP = {
    "email": EMAIL,
    "password1": PASSWORD,
    "password2": PASSWORD,
    "full_name": "박하나",
    "phone": "",
    "has_consented": "on",
}


@contextmanager
def request_of(user=None):
    """A request as allauth's forms find it."""
    request = RequestFactory().post("/")
    request.user, request.session = user or AnonymousUser(), SessionStore()
    request._messages = default_storage(request)
    with context.request_context(request):
        yield request


def opened(*, verified, email=EMAIL):
    user = UserFactory(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def test_right_form_is_counted_and_its_mail_not_once_more():
    with request_of() as request:
        assert SignupForm(SIGN_UP).is_valid()
        assert (is_counted(request, EMAIL), is_counted(request, "other@example.org")) == (True, False)
    assert ThrottleCount.objects.exists()


@pytest.mark.parametrize("wrong", [{"email": "park"}, {"password2": "other"}, {"full_name": ""}])
def test_wrong_form_is_not_counted(wrong):
    with request_of() as request:
        assert not SignupForm({**SIGN_UP, **wrong}).is_valid()
        assert not is_counted(request, EMAIL)
    assert not ThrottleCount.objects.exists()


def test_form_sent_too_often_says_so_and_its_mail_is_not_counted(settings):
    settings.THROTTLING = {"address change": {"sender": (1, 3600)}}
    user = opened(verified=True)
    answers = []
    for email in ("one@example.org", "two@example.org"):
        with request_of(user) as request:
            form = AddEmailForm(user, {"email": email})
            answers.append((form.is_valid(), list(form.errors), is_counted(request, email)))
    assert answers == [(True, [], True), (False, ["__all__"], False)]


@pytest.mark.parametrize(("verified", "is_known"), [(False, False), (True, True)])
def test_sign_up_form_knows_an_account_only_where_somebody_confirmed_its_address(verified, is_known):
    opened(verified=verified)
    with request_of():
        form = SignupForm(SIGN_UP)
        assert (form.is_valid(), form.account_already_exists) == (True, is_known)


def test_sign_up_takes_the_place_of_an_account_that_nobody_confirmed():
    stranger = opened(verified=False)
    with request_of() as request:
        form = SignupForm(SIGN_UP)
        assert form.is_valid()
        user, _response = form.try_save(request)
    assert list(User.objects.all()) == [user] and user != stranger


def test_sign_up_that_somebody_else_overtook_ends_as_if_the_account_had_been_seen():
    with request_of() as request:
        form = SignupForm(SIGN_UP)
        assert form.is_valid() and not form.account_already_exists
        first = opened(verified=True)
        user, response = form.try_save(request)
    assert (user, response.status_code, list(User.objects.all())) == (None, 302, [first])
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_right_code_frees_the_address_of_whoever_else_opened_an_account_on_it():
    mine = opened(verified=False, email="mine@example.org")
    stranger = opened(verified=False)
    for code, left in (("00000000", [mine, stranger]), ("12345678", [mine])):
        form = ConfirmEmailVerificationCodeForm({"code": code}, code="12345678", user=mine, email=EMAIL)
        with request_of(mine):
            assert form.is_valid() == (left == [mine])
        assert list(User.objects.order_by("pk")) == left


def test_right_code_keeps_the_account_whose_address_it_confirms():
    mine = opened(verified=False)
    form = ConfirmEmailVerificationCodeForm({"code": "12345678"}, code="12345678", user=mine, email=EMAIL)
    with request_of(mine):
        assert form.is_valid()
    assert list(User.objects.all()) == [mine]


@pytest.mark.parametrize("verified", [False, True])
def test_reset_of_a_password_finds_the_account_only_where_the_address_is_confirmed(verified):
    user = opened(verified=verified)
    with request_of():
        form = ResetPasswordForm({"email": EMAIL})
        assert (form.is_valid(), list(form.users)) == (True, [user] if verified else [])
