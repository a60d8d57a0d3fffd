import pytest
from django.http import HttpResponse

from kr_ru_platform.web.requests.caching import keep_private_pages_out_of_caches

NEVER = "no-store, private"


def answered(request, **headers):
    return keep_private_pages_out_of_caches(lambda _request: HttpResponse(headers=headers))(request)


def test_page_of_a_visitor_is_for_that_visitor_and_may_say_more(rf) -> None:
    assert answered(rf.get("/guide/"))["Cache-Control"] == "private"
    own = {"Cache-Control": "public, max-age=60"}
    assert answered(rf.get("/guide/"), **own)["Cache-Control"] == "public, max-age=60"


def test_page_of_a_session_is_stored_nowhere_whatever_it_says(rf, settings) -> None:
    rf.cookies[settings.SESSION_COOKIE_NAME] = "a"
    own = {"Cache-Control": "public, max-age=60"}
    assert [answered(rf.get("/guide/"), **headers)["Cache-Control"] for headers in ({}, own)] == [NEVER, NEVER]


@pytest.mark.parametrize("change", ["set_cookie", "delete_cookie"])
def test_answer_with_which_a_session_begins_or_ends_is_stored_nowhere(rf, settings, change) -> None:
    response = HttpResponse()
    getattr(response, change)(settings.SESSION_COOKIE_NAME)
    assert keep_private_pages_out_of_caches(lambda _request: response)(rf.get("/"))["Cache-Control"] == NEVER


def test_static_file_keeps_its_own_answer_in_a_session_too(rf, settings) -> None:
    rf.cookies[settings.SESSION_COOKIE_NAME] = "a"
    own = {"Cache-Control": "max-age=315360000, public, immutable"}
    response = answered(rf.get(f"{settings.STATIC_URL}css/site.css"), **own)
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
