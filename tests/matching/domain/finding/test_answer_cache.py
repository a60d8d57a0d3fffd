"""Kept answers: for the same question, audience and index only, in a bounded number, and without the cache too."""

import threading

import pytest
from django.core.cache import cache
from django.db import connections

from kr_ru_platform.running.lock_numbers import SEARCH_LANES, SEARCH_SEATS
from kr_ru_platform.running.locks import one_of_locks
from matching.domain.finding import answer_cache
from matching.domain.finding.answer_cache import LANES, SEATS, BusyError, kept_answer
from matching.domain.finding.search import SearchAnswer, SearchHit
from matching.enums import Audience
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked_out(monkeypatch):
    """What had to be worked out, in the order of it."""
    asked = []

    def answer(*, query, audience, within):
        asked.append((query, audience))
        return SearchAnswer((SearchHit(1, 0.5, "both", ("лазер",), 7, 0.6),), ("лазер",), ("лазеры",), "лазер")

    monkeypatch.setattr(answer_cache, "answer", answer)
    cache.clear()
    return asked


def ask(query, audience=Audience.PUBLIC, *, before=lambda: None):
    return kept_answer(query=query, audience=audience, is_visitor=audience == Audience.PUBLIC, before=before)


def test_the_same_question_is_worked_out_once(worked_out):
    first = ask("лазер")
    assert ask(" ЛАЗЕР ") == first == ask("лазер")
    assert worked_out == [("лазер", Audience.PUBLIC)]


def test_every_audience_has_its_own_answer(worked_out):
    for audience in (Audience.PUBLIC, Audience.MEMBERS, Audience.CENTRE, Audience.PUBLIC):
        ask("лазер", audience)
    assert [audience for _, audience in worked_out] == [Audience.PUBLIC, Audience.MEMBERS, Audience.CENTRE]


def test_another_index_has_another_answer(worked_out, fake_embedder):
    ask("лазер")
    TechnologyFactory()
    sweep_technologies()
    ask("лазер")
    assert len(worked_out) == 2


def test_only_what_is_worked_out_is_counted(worked_out):
    counted = []
    for _ in range(3):
        ask("лазер", before=lambda: counted.append(1))
    assert counted == [1]


def test_the_number_of_kept_answers_is_bounded(worked_out, monkeypatch):
    monkeypatch.setattr(answer_cache, "PLACES", 3)
    for number in range(20):
        ask(f"запрос {number}")
    kept = [cache.get(f"search-{place}") for place in range(20)]
    assert sum(entry is not None for entry in kept) <= 3


def test_without_a_cache_everything_is_worked_out(worked_out, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert ask("лазер") == ask("лазер")
    assert len(worked_out) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("space", "count"), [(SEARCH_SEATS, SEATS), (SEARCH_LANES, LANES)])
def test_visitors_wait_shortly_and_members_are_served(worked_out, monkeypatch, space, count):
    monkeypatch.setattr(answer_cache, "PATIENCE", 0.2)
    taken, may_go = threading.Barrier(count + 1), threading.Event()

    def take():
        with one_of_locks(space, count) as has_place:
            assert has_place
            taken.wait()
            may_go.wait()
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(count)]
    for thread in threads:
        thread.start()
    taken.wait()
    try:
        with pytest.raises(BusyError):
            ask("лазер")
        assert ask("лазер", Audience.MEMBERS).asked_instead == "лазер"
    finally:
        may_go.set()
        for thread in threads:
            thread.join()
    assert ask("лазер").asked_instead == "лазер"


@pytest.mark.django_db(transaction=True)
def test_visitors_with_the_same_question_at_once_work_it_out_once(worked_out):
    answers = []

    def visit():
        answers.append(ask("лазер"))
        connections.close_all()

    threads = [threading.Thread(target=visit) for _ in range(SEATS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(answers), len(worked_out)) == (SEATS, 1)
