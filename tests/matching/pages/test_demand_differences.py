import datetime

import pytest
from django.utils.translation import override

from matching.forms.needs.demands import DemandForm
from matching.models import Demand
from matching.pages.demand_differences import FieldDifference, changed_by_others
from tests.factories.demand import DemandFactory
from tests.factories.membership import create_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def told(current, **typed):
    member = create_member(organisation=current.organisation)
    same = {"organisation": current.organisation_id, "direction": current.direction}
    same |= {name: getattr(current, name) for name in ("title", "problem", "wanted_result", "field")}
    form = DemandForm(same | typed, user=member, demand=current)
    assert form.is_valid(), form.errors
    return [(one.value, one.language) for one in changed_by_others(form, current)]


def test_what_both_say_is_no_difference():
    assert told(DemandFactory()) == []


def test_texts_are_told_in_their_own_language_and_what_is_empty_in_words():
    current = DemandFactory(title="소재", wanted_result="", language="ko")
    assert told(current, title="재료", wanted_result="손실 절반") == [("(empty)", "ko"), ("소재", "ko")]


def test_stored_codes_dates_and_amounts_are_told_as_people_read_them():
    current = DemandFactory(
        field="metals",
        minimum_trl=6,
        budget_krw=120_000_000,
        needed_by=datetime.date(2099, 1, 31),
        transfer_modes=["licence", "joint_development"],
    )
    label = dict(Demand._meta.get_field("minimum_trl").flatchoices).get(6, "6")
    assert {value for value, language in told(current, field="", direction="kr_ru") if language == ""} == {
        str(current.get_field_display()),
        str(label),
        "₩120,000,000",
        "Jan. 31, 2099",
        "Licence, Joint development",
        str(current.get_direction_display()),
    }


def test_difference_bears_the_label_of_its_field():
    current = DemandFactory(title="소재")
    form = DemandForm(
        {"organisation": current.organisation_id, "problem": current.problem, "title": "재료"},
        user=create_member(organisation=current.organisation),
        demand=current,
    )
    form.is_valid()
    assert FieldDifference(label="Title", value="소재", language="ko") in changed_by_others(form, current)
