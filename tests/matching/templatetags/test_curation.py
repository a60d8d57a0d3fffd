from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from matching.enums import ImportState, TechnologyState
from matching.models import Technology
from matching.templatetags.curation import IMPORT_TONES, TONES, expiry, import_state, technology_state, thousands


def test_every_state_of_a_technology_has_its_word_and_a_tone():
    assert {state: technology_state(state) for state in TechnologyState} == {
        state: {"label": state.label, "tone": TONES[state]} for state in TechnologyState
    }


def test_import_that_is_still_at_work_has_the_tone_of_information():
    at_work = set(ImportState) - set(IMPORT_TONES)
    assert ImportState.IMPORTING in at_work
    assert {state: import_state(state) for state in ImportState} == {
        state: {"label": state.label, "tone": "info" if state in at_work else IMPORT_TONES[state]}
        for state in ImportState
    }


@pytest.mark.parametrize(
    ("days", "state", "is_over"),
    [
        (-1, TechnologyState.PUBLISHED, True),
        # The last day counts.
        (0, TechnologyState.PUBLISHED, False),
        (-1, TechnologyState.ON_HOLD, False),
        (None, TechnologyState.PUBLISHED, False),
    ],
)
def test_publication_is_over_the_day_after_it_expires(days, state, is_over):
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    assert expiry(Technology(state=state, expires_on=day)) == {"day": day, "is_over": is_over}


def test_numbers_are_grouped_as_the_reader_writes_them():
    told = []
    for language in ("en", "ru"):
        with override(language):
            told.append(thousands(1_234_567))
    assert told == ["1,234,567", "1\xa0234\xa0567"]
