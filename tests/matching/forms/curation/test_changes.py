"""What a second person says about a change that waits."""

import pytest

from matching.forms.curation.changes import DecisionForm


@pytest.mark.parametrize("decision", ["approve", "return", "drop"])
def test_decision_says_which_revision_it_is_about(decision):
    form = DecisionForm({"revision": "3", "decision": decision})
    assert form.is_valid()
    assert form.cleaned_data == {"revision": 3, "decision": decision, "reason": ""}


def test_decision_without_revision_or_of_an_unknown_kind_is_refused():
    form = DecisionForm({"revision": "", "decision": "publish"})
    assert {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()} == {
        "revision": ["required"],
        "decision": ["invalid_choice"],
    }
