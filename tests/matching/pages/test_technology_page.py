import pytest
from django.test import RequestFactory
from django.utils.translation import override

from matching.domain.technologies import curation
from matching.enums import TechnologyState
from matching.models import Technology
from matching.pages.technology_page import (
    Meter,
    move_words,
    page_context,
    texts_with_waiting,
    waits_words,
    with_waiting,
)
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_meter_names_what_is_missing_in_words():
    technology = TechnologyFactory(trl=None, text__sought="")
    TechnologyTextFactory(technology=technology, language="en", provenance="human")
    meter = Meter(technology)
    assert (meter.words, meter.percent) == ("10 of 14", 71)
    labels = [Technology._meta.get_field(name).verbose_name for name in ("trl", "source_url")]
    assert meter.missing == [*map(str, labels), "what is sought from the partner", "text in: Korean"]


def test_tabs_mark_the_open_page_and_languages_without_a_text():
    technology = TechnologyFactory()
    request = RequestFactory().get("/")
    request.user = create_staff()
    tabs = page_context(request, technology, "ru")["tabs"]
    assert [(tab["label"], tab["active"], tab["count"]) for tab in tabs] == [
        ("Facts", False, ""),
        ("한국어", False, "–"),
        ("Русский", True, ""),
        ("English", False, "–"),
        ("Matches", False, ""),
        ("History", False, ""),
    ]


def test_moves_offered_are_those_of_the_state_with_the_reason_against_them():
    technology, staff = TechnologyFactory(state=TechnologyState.DRAFT, published_at=None, text=False), create_staff()
    request = RequestFactory().get("/")
    request.user = staff
    moves = page_context(request, technology, "facts")["moves"]
    assert [move["state"] for move in moves] == list(curation.MOVES.from_(technology.state))
    refused = {move["state"]: bool(move["refusal"]) for move in moves}
    assert (refused[TechnologyState.IN_REVIEW], refused[TechnologyState.ARCHIVED]) == (True, False)


def test_publishing_what_is_published_is_called_a_confirmation():
    labels = [
        move_words(Technology(state=state))[TechnologyState.PUBLISHED]["label"]
        for state in (TechnologyState.PUBLISHED, TechnologyState.IN_REVIEW)
    ]
    assert labels == ["Confirm for another year", "Publish"]


def test_who_edits_goes_on_from_what_waits_for_a_second_person():
    technology, staff = TechnologyFactory(trl=6, text__title="Провод"), create_staff()
    assert waits_words(technology) == ""
    curation.update_technology(technology=technology, by=staff, data={"trl": 8})
    words = {"title": "비정질 전선", "summary": "요약", "provenance": "human"}
    curation.save_text(technology=technology, language="ko", by=staff, data=words)
    stored = Technology.objects.get()
    assert (stored.trl, with_waiting(Technology.objects.get()).trl) == (6, 8)
    titles = {code: text.title for code, text in texts_with_waiting(stored).items()}
    assert titles == {"ru": "Провод", "ko": "비정질 전선"}
    assert waits_words(stored) == " Readers see it when a second person has approved it."
