import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from accounts.enums import Confirmation
from accounts.models import Organisation, OrganisationAlias, OrganisationNumber
from tests.constraints import constraint_against
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.user import create_evaluator, create_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"name_ko": ""}, "organisation_has_a_name_in_some_language"),
        ({"confirmation_decided_at": None}, "organisation_confirmation_has_a_time"),
        ({"is_new": True, "confirmation": Confirmation.WITHDRAWN}, "organisation_confirmation_has_a_time"),
        ({"registration_number": "124-81-00998"}, "organisation_registration_number_is_unique"),
        ({"external_id": "org-1"}, "organisation_external_id_is_unique"),
    ],
)
def test_constraint_rejects(fields, constraint):
    OrganisationFactory(registration_number="124-81-00998", external_id="org-1")
    assert constraint_against(OrganisationFactory, **fields) == constraint


def test_edges_are_accepted():
    OrganisationFactory(is_new=True)
    for name in ("name_ko", "name_ru", "name_en"):
        OrganisationFactory(**{"name_ko": "", name: "A"})
    assert Organisation.objects.count() == 4


def test_name_is_in_the_readers_language_or_the_best_that_there_is():
    rows = [
        Organisation(name_ko="가", name_ru="А", name_en="A"),
        Organisation(name_ru="А", name_en="A"),
        Organisation(name_ru="А"),
        Organisation(),
    ]
    found = {}
    for language in ("ko", "ru", "en"):
        with translation.override(language):
            found[language] = [(row.name, row.name_language) for row in rows]
    assert found == {
        "ko": [("가", "ko"), ("A", "en"), ("А", "ru"), ("", "ko")],
        "ru": [("А", "ru"), ("А", "ru"), ("А", "ru"), ("", "ko")],
        "en": [("A", "en"), ("A", "en"), ("А", "ru"), ("", "ko")],
    }
    assert [row.spelled_names for row in rows] == [["가", "А", "A"], ["А", "A"], ["А"], []]


@pytest.mark.parametrize(
    ("confirmation", "is_masked", "public"),
    [
        (Confirmation.CONFIRMED, False, "가나기술"),
        (Confirmation.CONFIRMED, True, "가***술"),
        (Confirmation.UNCONFIRMED, False, "가***술"),
        (Confirmation.WITHDRAWN, False, "가***술"),
    ],
)
def test_outsiders_read_a_name_that_is_confirmed_and_not_masked(confirmation, is_masked, public):
    row = OrganisationFactory(name_ko="가나기술", confirmation=confirmation, is_name_masked=is_masked)
    people = {
        "visitor": AnonymousUser(),
        "evaluator": create_evaluator(),
        "other": create_member(),
        "member": create_member(organisation=row),
        "staff": create_staff(),
    }
    assert {name: row.name_for(user) for name, user in people.items()} == {
        "visitor": public,
        "evaluator": public,
        "other": public,
        "member": "가나기술",
        "staff": "가나기술",
    }
    named = {name for name, user in people.items() if row in Organisation.objects.named_for(user)}
    assert named == (set(people) if public == "가나기술" else {"member", "staff"})


def test_full_records_are_for_members_and_the_centre():
    own, other = OrganisationFactory(), OrganisationFactory(is_new=True)
    people = {
        "visitor": AnonymousUser(),
        "waiting": create_member(organisation=own, state="pending"),
        "member": create_member(organisation=own),
    }
    assert {name: set(Organisation.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "waiting": set(),
        "member": {own},
    }
    assert set(Organisation.objects.visible_to(create_staff())) >= {own, other}


def test_confirmed_and_unconfirmed():
    rows = {
        state: OrganisationFactory(confirmation=state, confirmation_decided_at=timezone.now()) for state in Confirmation
    }
    assert list(Organisation.objects.confirmed()) == [rows[Confirmation.CONFIRMED]]
    assert set(Organisation.objects.unconfirmed()) == set(rows.values()) - {rows[Confirmation.CONFIRMED]}


def test_every_word_is_found_in_whatever_it_is_known_by():
    row = OrganisationFactory(name_ko="가람재료연구소", city="대전", registration_number="124-81-00998")
    OrganisationAlias.objects.create(organisation=row, name="GARAM Materials")
    OrganisationNumber.objects.create(organisation=row, kind="inn", value="7707083893")
    InstituteFactory(name_ru="Институт Гарам")
    found = ["가람", "가람 재료", "garam", "124-81", "7707083893", "GARAM 대전", "가람 대전", "대전 ㈜가람 재료"]
    assert [list(Organisation.objects.found_by(text)) for text in found] == [[row]] * len(found)
    assert list(Organisation.objects.found_by("가람 서울")) == []
    assert Organisation.objects.found_by(" ").count() == 2
