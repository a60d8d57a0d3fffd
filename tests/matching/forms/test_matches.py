"""What a company may say about a match that it takes out of its list."""

from matching.forms.matches import NotRelevantForm


def test_not_relevant_needs_neither_reason_nor_words():
    form = NotRelevantForm({})
    assert form.is_valid()
    assert form.cleaned_data == {"reason": "", "text": ""}


def test_not_relevant_takes_only_reasons_that_are_known_and_words_that_fit():
    form = NotRelevantForm({"reason": "too_dear", "text": "가" * 1001})
    assert {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()} == {
        "reason": ["invalid_choice"],
        "text": ["max_length"],
    }
    assert NotRelevantForm({"reason": "too_early", "text": "가" * 1000}).is_valid()
