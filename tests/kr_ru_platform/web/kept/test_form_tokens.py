import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing

from accounts.models import User
from kr_ru_platform.web.kept.form_tokens import (
    FormToken,
    account_key,
    account_of,
    new_token,
    posted_token,
    read_token,
    rights_of,
)
from tests.factories.membership import create_member
from tests.factories.user import create_staff


def test_token_is_read_as_it_was_written_and_never_the_same_twice() -> None:
    first, second = read_token(new_token(12)), read_token(new_token(12))
    assert (first.account, second.account, first.key == second.key) == (12, 12, False)
    assert (len(first.key), first.key.isalnum()) == (20, True)


def test_token_says_under_which_rights_the_form_was_made() -> None:
    rights = frozenset({"centre_staff", "for-7", "confirmed-7"})
    assert [read_token(new_token(12, given)).rights for given in (rights, ())] == [rights, frozenset()]


@pytest.mark.django_db
def test_rights_are_of_whoever_is_logged_in(rf) -> None:
    request, member = rf.get("/"), create_member()
    organisation = member.memberships.get().organisation_id
    found = []
    for user in (AnonymousUser(), member, create_staff()):
        request.user = user
        found.append(rights_of(request))
    assert found == [frozenset(), {f"for-{organisation}", f"confirmed-{organisation}"}, {"centre_staff"}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "aaaaaaaaaaaaaaaaaaaa.12",
        new_token(12).replace(".12:", ".13:"),
        signing.Signer(salt="kept-file").sign("aaaaaaaaaaaaaaaaaaaa.12"),
    ],
    ids=["none", "not signed", "of somebody else", "signed for another use"],
)
def test_token_that_we_have_not_written_is_none(text: str) -> None:
    assert read_token(text) is None


def test_posted_token_is_read_from_the_form_alone(rf) -> None:
    token = signing.Signer(salt="form-token").sign("aaaaaaaaaaaaaaaaaaaa.12")
    assert posted_token(rf.post("/", {"form_token": token})) == FormToken("aaaaaaaaaaaaaaaaaaaa", 12)
    assert posted_token(rf.post(f"/?form_token={token}")) is None


def test_account_of_whoever_is_not_logged_in_is_none(rf) -> None:
    request = rf.get("/")
    found = [account_of(request)]
    for user in (AnonymousUser(), User(pk=12)):
        request.user = user
        found.append(account_of(request))
    assert found == [0, 0, 12]


def test_key_in_the_browser_is_lasting_and_cannot_be_made_without_the_secret(settings) -> None:
    keys = [account_key(account) for account in (12, 12, 13, 0)]
    settings.SECRET_KEY = "another"
    assert (keys[0] == keys[1], len({*keys, account_key(12)}), keys[3]) == (True, 4, "")
