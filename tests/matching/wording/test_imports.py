import pytest
from django.utils.translation import override

from matching.wording.imports import MESSAGES, failure_message, message_for


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, "The value is too long."),
        ({"row": 7}, "row 7: The value is too long."),
        ({"column": "title"}, "title: The value is too long."),
        ({"row": 7, "column": "title"}, "row 7, title: The value is too long."),
        ({"detail": "301"}, "The value is too long. 301"),
        # The row is told once.
        ({"row": 7, "detail": "7"}, "row 7: The value is too long."),
        ({"row": 7, "detail": "301"}, "row 7: The value is too long. 301"),
    ],
)
def test_failure_is_told_with_its_place_where_that_is_known(place, said):
    assert failure_message("too_long", **place) == said


def test_code_that_has_no_sentence_any_more_is_told_as_it_is_stored():
    assert (message_for("of_last_year"), "of_last_year" in MESSAGES) == ("of_last_year", False)


def test_sentences_are_in_the_readers_language():
    with override("ru"):
        told = failure_message("empty_file", row=7)
    assert told not in ("", failure_message("empty_file", row=7))
    assert "7" in told
