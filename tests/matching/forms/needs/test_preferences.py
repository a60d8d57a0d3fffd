"""What was asked for when the form was opened, what is asked for since, and what was chosen now."""

import pytest
from django.utils import translation

from matching.domain.matches.scorers import active_scorer
from matching.forms.needs.preferences import PreferencesForm, in_words

pytestmark = pytest.mark.django_db


def sent(*, shown: dict[str, str], chosen: dict[str, str]) -> PreferencesForm:
    """As a browser sends the form that was opened with `shown`."""
    parts = dict.fromkeys(active_scorer().weights, "normal")
    opened = {f"initial-{code}": emphasis for code, emphasis in (parts | shown).items()}
    form = PreferencesForm(opened | parts | shown | chosen)
    assert form.is_valid()
    return form


def test_there_is_one_question_for_each_part_of_the_active_scorer():
    form = PreferencesForm()
    assert {code: field.initial for code, field in form.fields.items()} == dict.fromkeys(
        active_scorer().weights, "normal"
    )


def test_part_left_as_shown_stays_as_somebody_else_has_set_it_since():
    form = sent(shown={"readiness": "more"}, chosen={"field": "less"})
    assert form.over({"readiness": "less", "meaning": "more"}) == {
        "readiness": "less",
        "meaning": "more",
        "field": "less",
    }


def test_part_set_back_to_normal_is_told_over_what_is_stored():
    form = sent(shown={"readiness": "more"}, chosen={"readiness": "normal"})
    assert form.over({"readiness": "more", "field": "less"}) == {"readiness": "normal", "field": "less"}


def test_words_stand_in_the_order_of_the_parts_and_leave_out_what_is_normal():
    with translation.override("en"):
        told = in_words({"readiness": "less", "old_part": "more", "field": "normal", "meaning": "more"})
        labels = [piece.partition(": ")[::2] for piece in told.split(", ")]
        assert labels == [
            (str(PreferencesForm().fields["meaning"].label), "more important"),
            (str(PreferencesForm().fields["readiness"].label), "less important"),
            ("old_part", "more important"),
        ]
        assert in_words({"field": "normal"}) == ""
