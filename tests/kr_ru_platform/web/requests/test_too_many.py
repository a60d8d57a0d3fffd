from datetime import timedelta

import pytest
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from kr_ru_platform.web.requests.throttling import TooManyError
from kr_ru_platform.web.requests.too_many import (
    TooManyMiddleware,
    is_counted,
    is_within_limits,
    note_counted,
    too_many,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def once(settings) -> None:
    settings.THROTTLING = {"invitation": {"sender": (1, 3600)}}


def refused(rf):
    """A request whose form was one too many, and that form."""
    for _time in range(2):
        request, form = rf.post("/"), forms.Form({})
        form.is_valid()
        is_let_through = is_within_limits(request, form, "invitation", sender=1)
    assert not is_let_through
    return request, form


@pytest.mark.usefixtures("once")
def test_form_within_its_limit_is_let_through_without_a_word(rf) -> None:
    request, form = rf.post("/"), forms.Form({})
    assert (is_within_limits(request, form, "invitation", sender=1), form.errors) == (True, {})
    assert TooManyMiddleware(lambda _request: HttpResponse())(request).status_code == 200


@pytest.mark.usefixtures("once")
def test_form_that_is_one_too_many_says_so_and_its_page_is_a_429(rf) -> None:
    request, form = refused(rf)
    sentence = TooManyError(timezone.now() + timedelta(seconds=3600)).sentence
    assert form.errors == {"__all__": [sentence]}
    response = TooManyMiddleware(lambda _request: HttpResponse("the form as it was typed"))(request)
    assert (response.status_code, response.content) == (429, b"the form as it was typed")
    assert 3500 < int(response["Retry-After"]) <= 3601


@pytest.mark.usefixtures("once")
def test_answer_that_is_no_page_of_a_form_stays_what_it_is(rf) -> None:
    request, _form = refused(rf)
    response = TooManyMiddleware(lambda _request: HttpResponseRedirect("/"))(request)
    assert (response.status_code, response.has_header("Retry-After")) == (302, False)


def test_refusal_that_no_view_has_answered_is_a_page_and_other_errors_go_on(rf) -> None:
    middleware, error = TooManyMiddleware(HttpResponse), TooManyError(timezone.now() + timedelta(seconds=3590))
    response = middleware.process_exception(rf.get("/"), error)
    assert (response.status_code, 3500 < int(response["Retry-After"]) <= 3590) == (429, True)
    assert error.sentence in response.content.decode()
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


def test_refusal_that_does_not_know_until_when_says_five_minutes(rf) -> None:
    assert int(too_many(rf.get("/"))["Retry-After"]) in range(240, 301)


def test_mail_is_counted_once_for_each_request_and_mailbox(rf) -> None:
    request = rf.post("/")
    before = is_counted(request, "lee@gmail.com")
    note_counted(request, "L.ee+1@gmail.com")
    found = [is_counted(request, "lee@gmail.com"), is_counted(request, "kim@gmail.com")]
    assert (before, found, is_counted(rf.post("/"), "lee@gmail.com")) == (False, [True, False], False)
