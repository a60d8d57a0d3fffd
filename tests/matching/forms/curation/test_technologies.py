"""Whose technology it is, and texts without markup."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Confirmation
from matching.forms.curation.technologies import (
    HolderField,
    MoveForm,
    TechnologyCreateForm,
    TechnologyForm,
    TechnologyTextForm,
    picked,
)
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
FACTS = {"ipr_status": "granted", "direction": "ru_kr", "disclosure": "members"}
TEXT = {"language": "ru", "provenance": "source", "title": "Провод"}


def refusal_of(name: str) -> str:
    with pytest.raises(ValidationError) as refused:
        HolderField().clean(name)
    return refused.value.code


def test_holder_is_found_by_a_confirmed_name_or_by_the_number_of_a_suggestion():
    confirmed, new = InstituteFactory(name_ru="Институт стали"), OrganisationFactory(is_new=True)
    field = HolderField(required=False)
    assert [field.clean(typed) for typed in ("институт стали", picked(new), "")] == [confirmed, new, None]


def test_holder_is_not_found_by_a_name_that_nobody_confirmed_or_that_several_bear():
    new = OrganisationFactory(is_new=True, name_ko="㈜새기술")
    InstituteFactory(name_ru="Институт стали")
    InstituteFactory(name_ru="Институт стали")
    codes = [refusal_of(name) for name in (new.name_ko, "Институт стали", "Никто", "Никто [999999]")]
    assert codes == ["not_identified", "not_identified", "unknown_holder", "unknown_holder"]


def test_holder_that_is_stored_keeps_its_name_though_others_bear_it():
    InstituteFactory(name_ru="Институт стали")
    stored = InstituteFactory(name_ru="Институт стали")
    field = HolderField()
    field.stored = stored
    assert (field.clean("ИНСТИТУТ СТАЛИ"), field.prepare_value(stored.pk)) == (stored, "Институт стали")


def test_unconfirmed_organisation_becomes_holder_only_when_somebody_has_checked():
    new = OrganisationFactory(is_new=True)
    chosen = FACTS | {"holder": picked(new)}
    asked = [
        TechnologyForm(chosen).errors.keys(),
        TechnologyForm(chosen | {"is_holder_checked": "on"}).errors.keys(),
        TechnologyForm(FACTS | {"holder": picked(InstituteFactory())}).errors.keys(),
    ]
    assert asked == [{"is_holder_checked"}, set(), set()]


def test_holder_whose_confirmation_was_withdrawn_since_stays_without_a_question():
    technology = TechnologyFactory()
    type(technology.holder).objects.update(confirmation=Confirmation.WITHDRAWN)
    technology.holder.refresh_from_db()
    form = TechnologyForm(FACTS | {"holder": picked(technology.holder)}, instance=technology)
    assert (form.errors, form.has_unconfirmed_holder) == ({}, False)


def test_facts_are_what_was_typed_without_revision_and_tick():
    form = TechnologyForm(FACTS | {"trl": "7", "ipc_codes": "C22C 1/04, H01B 12/00", "revision": "2"})
    assert form.is_valid()
    assert form.facts() == FACTS | {
        "external_id": "",
        "holder": None,
        "country": "",
        "field": "",
        "trl": 7,
        "ipc_codes": ["C22C 1/04", "H01B 12/00"],
        "transfer_modes": [],
        "source_url": "",
        "owner": None,
    }


def test_curator_in_charge_is_somebody_of_the_centre_who_is_still_there():
    staff = create_staff()
    create_staff(is_active=False)
    UserFactory()
    assert set(TechnologyForm().fields["owner"].queryset) == {staff}


def test_reason_is_asked_of_who_publishes_alone():
    assert [MoveForm({"revision": "1"}, is_alone=is_alone).errors.keys() for is_alone in (False, True)] == [
        set(),
        {"reason"},
    ]


def test_markup_is_refused_in_every_text_field():
    texts = dict.fromkeys(("title", "summary", "description", "advantages", "sought"), "<b>Провод</b>")
    text_form = TechnologyTextForm(texts | {"provenance": "source"}, language="ru")
    assert [text_form.errors.keys(), TechnologyCreateForm(FACTS | TEXT | texts).errors.keys()] == [texts.keys()] * 2
    assert TechnologyTextForm({"provenance": "source", "title": "5 < 7 и 9 > 8"}, language="ru").is_valid()


def test_new_technology_has_its_first_text_by_language():
    form = TechnologyCreateForm(FACTS | TEXT | {"summary": "Кратко."})
    assert form.is_valid()
    assert form.texts() == {
        "ru": {
            "provenance": "source",
            "title": "Провод",
            "summary": "Кратко.",
            "description": "",
            "advantages": "",
            "sought": "",
        }
    }
