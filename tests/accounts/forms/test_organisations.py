import pytest

from accounts.forms.organisations import (
    InvitationForm,
    OrganisationFilterForm,
    OrganisationForm,
    OwnOrganisationForm,
    RegisterForm,
    orders,
)
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

NUMBER = "124-81-00998"
COMPANY = {"name_ko": "㈜한결", "kind": "company", "country": "KR"}
TYPED = {**COMPANY, "registration_number": NUMBER}


def wrong(form):
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


@pytest.mark.parametrize("typed", ["1248100998", "１２４－８１－００９９８", " 124 81 00998 "])
def test_organisation_form_stores_a_number_as_its_register_writes_it(typed):
    form = OrganisationForm({**COMPANY, "registration_number": typed, "website": "hangyeol.example.kr"})
    assert form.is_valid(), form.errors
    assert form.content == {
        **COMPANY,
        "name_en": "",
        "name_ru": "",
        "short_name": "",
        "city": "",
        "size_class": "",
        "registration_number": NUMBER,
        "website": "https://hangyeol.example.kr",
        "is_name_masked": False,
    }


def test_number_of_another_organisation_is_taken_whichever_table_it_stands_in():
    own, further = OrganisationFactory(registration_number=NUMBER), OrganisationFactory()
    further.numbers.create(kind="kr_business", value="2208162517")
    for number in (NUMBER, "220-81-62517"):
        assert wrong(OrganisationForm({**COMPANY, "registration_number": number})) == {
            "registration_number": ["unique"]
        }
    assert wrong(OrganisationForm(TYPED, instance=own)) == {}
    assert wrong(OrganisationForm({**COMPANY, "registration_number": ""})) == {}


def test_number_of_a_korean_register_is_not_for_others():
    form = OrganisationForm({**TYPED, "country": "RU", "name_ru": "ООО"})
    assert list(form.errors) == ["registration_number"]


def test_organisation_form_remembers_on_which_revision_it_was_opened():
    row = OrganisationFactory(revision=4)
    forms = (OrganisationForm(instance=row), OrganisationForm())
    assert [form["expected_revision"].value() for form in forms] == [4, None]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"registration_number": ""}, ["registration_number"]),
        ({"kind": "institute", "registration_number": ""}, []),
        ({"name_ko": "", "name_en": "Hangyeol"}, ["name_ko"]),
        ({"country": "RU", "registration_number": "", "name_ko": "", "name_ru": "ООО"}, []),
        # One complaint about a field, and the nearest one.
        ({"registration_number": "124-81-00997"}, ["registration_number"]),
    ],
)
def test_register_form_asks_korean_companies_for_number_and_korean_name(change, fields):
    form = RegisterForm({**TYPED, **change})
    assert {name: len(errors) for name, errors in form.errors.items()} == dict.fromkeys(fields, 1)


def test_taken_number_is_told_only_where_nothing_else_is_wrong_with_it():
    OrganisationFactory(registration_number=NUMBER)
    told = [
        RegisterForm({**TYPED, **change}).taken_number
        for change in (
            {"registration_number": "1248100998"},
            {"registration_number": "124-81-00997"},
            {"registration_number": "220-81-62517"},
        )
    ]
    assert told == [NUMBER, "", ""]


def test_own_organisation_form_leaves_to_the_centre_what_is_the_centres():
    row = OrganisationFactory(registration_number=NUMBER, is_name_masked=True)
    data = {"name_ko": "㈜나", "registration_number": "", "kind": "agency", "country": "RU", "is_name_masked": ""}
    form = OwnOrganisationForm(data, instance=row)
    assert (form.is_valid(), set(form.content)) == (
        True,
        {"name_ko", "name_en", "name_ru", "short_name", "city", "size_class", "website"},
    )


@pytest.mark.parametrize(
    ("state", "email", "fields"),
    [
        ("active", "Kim@Example.org", ["email"]),
        ("active", "lee@example.org", []),
        # Asked to join and waits: an invitation is an answer.
        ("pending", "kim@example.org", []),
    ],
)
def test_invitation_form_refuses_those_who_belong_already(state, email, fields):
    row = MembershipFactory(user__email="kim@example.org", state=state)
    form = InvitationForm({"email": email, "role": "member"}, organisation=row.organisation)
    assert list(form.errors) == fields
    other = InvitationForm({"email": email, "role": "member"}, organisation=OrganisationFactory())
    assert list(other.errors) == []


def test_orders_begin_with_the_name_and_offer_what_the_list_can_sort_by():
    offered = [name for name, _label in orders()]
    assert offered[:2] == ["name", "new"] and "technologies" in offered
    assert [OrganisationFilterForm({"sort": name}).is_valid() for name in (*offered, "", "nonsense")] == [
        *[True] * len(offered),
        True,
        False,
    ]
