"""What a second person says about a change that waits."""

import pytest

from kr_ru_platform.web.fields import RevisionField
from matching.forms.curation.changes import DecisionForm


@pytest.mark.parametrize("decision", ["approve", "return", "drop"])
def test_decision_says_which_revision_it_is_about(decision):
    form = DecisionForm({"revision": "3", "decision": decision})
    assert form.is_valid()
    assert form.cleaned_data == {"revision": 3, "decision": decision, "reason": ""}


def test_decision_of_an_unknown_kind_is_refused_and_one_without_revision_is_older_than_any_row():
    form = DecisionForm({"revision": "", "decision": "publish"})
    assert {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()} == {
        "decision": ["invalid_choice"],
    }
    assert form.cleaned_data["revision"] == RevisionField.NOT_SENT
