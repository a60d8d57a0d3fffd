import pytest

from accounts.forms.people import CloseAccountForm, DetailsForm, GroupsForm
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_details_form_changes_name_telephone_and_language_and_nothing_else():
    user = UserFactory(email="kim@example.org")
    sent = {"full_name": " 김하나 ", "phone": "", "language": "ru", "email": "x@example.org", "is_superuser": "on"}
    DetailsForm(sent, instance=user).save()
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.language, user.email, user.is_superuser) == (
        "김하나",
        "",
        "ru",
        "kim@example.org",
        False,
    )


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []),
        ({"full_name": " "}, ["full_name"]),
        ({"full_name": "www.evil.example"}, ["full_name"]),
        ({"language": "fr"}, ["language"]),
        ({"phone": "0" * 41}, ["phone"]),
    ],
)
def test_details_form_asks_for_a_name_that_can_stand_in_mails(change, wrong):
    data = {"full_name": "김하나", "phone": "055-280-0000", "language": "ko", **change}
    assert list(DetailsForm(data, instance=UserFactory()).errors) == wrong


@pytest.mark.parametrize(
    ("groups", "wrong"),
    [([], []), (["evaluator", "centre_staff"], []), (["evaluator", "superuser"], ["groups"])],
)
def test_groups_form_takes_all_of_known_rights_or_none(groups, wrong):
    form = GroupsForm({"groups": groups})
    assert list(form.errors) == wrong
    assert form.cleaned_data == ({} if wrong else {"groups": groups})


def test_close_account_form_needs_the_tick():
    assert [CloseAccountForm(data).is_valid() for data in ({}, {"is_confirmed": ""}, {"is_confirmed": "on"})] == [
        False,
        False,
        True,
    ]
