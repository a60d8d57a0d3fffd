import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

from accounts.models import User
from kr_ru_platform.web.kept.form_tokens import read_token


def fields(context: dict[str, object]) -> dict[str, str]:
    page = Template("{% csrf_token %}").render(Context(context))
    return {field["name"]: field["value"] for field in BeautifulSoup(page, "html.parser").find_all("input")}


@pytest.mark.django_db
@pytest.mark.parametrize(("user", "account"), [(User(pk=7), 7), (AnonymousUser(), 0)])
def test_token_of_a_form_says_for_whom_it_was_made(rf, user, account) -> None:
    request = rf.get("/")
    request.user = user
    found = fields({"csrf_token": "abc", "request": request})
    assert (list(found), found["csrfmiddlewaretoken"]) == (["csrfmiddlewaretoken", "form_token"], "abc")
    assert read_token(found["form_token"]).account == account


def test_two_forms_of_one_page_are_told_apart(rf) -> None:
    request = rf.get("/")
    first, second = (fields({"csrf_token": "abc", "request": request})["form_token"] for _form in range(2))
    assert read_token(first).key != read_token(second).key


def test_form_without_a_request_or_protection_has_no_token_of_its_own(rf) -> None:
    assert fields({"csrf_token": "abc"}) == {"csrfmiddlewaretoken": "abc"}
    assert fields({"csrf_token": "NOTPROVIDED", "request": rf.get("/")}) == {}
