import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from kr_ru_platform.web.context_processors import kept_offers, portal
from kr_ru_platform.web.kept.kept_posts import SESSION_KEY

WAITING = [[1, "/demands/new/"], [2, "/requests/3/"]]
FIRST, SECOND = {"pk": 1, "address": "/demands/new/"}, {"pk": 2, "address": "/requests/3/"}


@pytest.fixture
def asked(rf):
    """A request of somebody whose session knows of two texts that wait."""

    def request_of(address, user=None):
        request = rf.get(address)
        request.user, request.session = user or User(pk=7), {SESSION_KEY: WAITING}
        return request

    return request_of


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("/guide/", [FIRST, SECOND]),
        ("/demands/new/?kept=1", [SECOND]),
        ("/demands/new/?kept=12", [FIRST, SECOND]),
        (reverse("kept_texts"), []),
    ],
)
def test_texts_that_wait_are_offered_where_they_are_not_shown_already(asked, address, offered):
    assert kept_offers(asked(address)) == offered


def test_texts_that_wait_are_offered_to_nobody_who_is_not_logged_in(asked, rf):
    assert kept_offers(asked("/guide/", AnonymousUser())) == []
    assert kept_offers(rf.get("/guide/")) == [], "the page of an error, before there is a session"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [("/technologies/?q=a&page=2", "/technologies/?q=a&page=2"), ("/accounts/login/?next=/demands/", "")],
)
def test_log_in_leads_back_to_the_page_but_to_none_of_its_own(asked, address, leads_to):
    assert portal(asked(address))["login_next"] == leads_to


@pytest.mark.parametrize(("is_demo", "folder"), [(True, "/mails"), (False, "")])
def test_folder_of_the_mails_is_told_in_local_mode_only(asked, settings, is_demo, folder):
    settings.DEMO_MODE, settings.EMAIL_FILE_PATH = is_demo, "/mails"
    assert portal(asked("/guide/"))["mail_folder"] == folder
