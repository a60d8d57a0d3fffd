"""Answers of the search that are kept, so that the same question is not worked out again; and how many are at once.

A search costs a fifth of a second of processor time. What visitors ask is worked out one or two at a time, the
same question once however many ask it, and who would have to wait for long is told so: the others' work goes on.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from kr_ru_platform.running.lock_numbers import SEARCH_LANES, SEARCH_QUESTIONS, SEARCH_SEATS
from kr_ru_platform.running.locks import lock_for_a_while, one_of_locks
from matching.domain.finding.search import SearchAnswer, SearchHit, answer
from matching.domain.index.indexing import index_encoder
from matching.enums import Audience
from matching.models import EmbeddingSpace, IndexRecord, Technology
from matching.scoring.language.notions import list_version
from matching.scoring.language.text import normalise

# Grows when answers are made or stored in another way.
VERSION = 1
# Each place holds one answer of at most some 40 kB, so that the cache cannot be filled by asking.
PLACES = 400
SECONDS = 600
# Worked out at once for visitors, and how many of them may be answered or waiting: half of the web server's threads.
LANES, SEATS = 2, 4
PATIENCE = 1.5
PATIENCE_OF_MEMBERS = 10.0
PAUSE = 0.05


class BusyError(Exception):
    """Too many visitors search at this moment."""

    seconds = 3


def kept_answer(*, query: str, audience: Audience, is_visitor: bool, before: Callable[[], None]) -> SearchAnswer:
    """What the query finds among published technologies, from what is kept or worked out now.

    `before` is called when something has to be worked out, and may refuse by an exception.
    """
    key = _key(query, audience)
    if kept := _stored_answer(key):
        return kept
    before()
    if not is_visitor:
        return _in_turn(key, query, audience, lanes=None, patience=PATIENCE_OF_MEMBERS)
    with one_of_locks(SEARCH_SEATS, SEATS) as has_seat:
        if not has_seat:
            raise BusyError
        return _in_turn(key, query, audience, lanes=LANES, patience=PATIENCE)


def _in_turn(key: str, query: str, audience: Audience, *, lanes: int | None, patience: float) -> SearchAnswer:
    """Worked out by one for all who ask the same; visitors only while a lane is free."""
    until = time.monotonic() + patience
    while True:
        if kept := _stored_answer(key):
            return kept
        with lock_for_a_while(SEARCH_QUESTIONS, _number(key)) as is_first:
            if is_first:
                if kept := _stored_answer(key):
                    return kept
                if lanes is None:
                    return _worked_out(key, query, audience)
                with one_of_locks(SEARCH_LANES, lanes) as has_lane:
                    if has_lane:
                        return _worked_out(key, query, audience)
        if time.monotonic() > until:
            break
        time.sleep(PAUSE)
    if lanes is not None:
        raise BusyError
    return _worked_out(key, query, audience)


def _worked_out(key: str, query: str, audience: Audience) -> SearchAnswer:
    found = answer(query=query, audience=audience, within=Technology.objects.published())
    cache.set(_place(key), (key, _as_plain(found)), SECONDS)
    return found


def _stored_answer(key: str) -> SearchAnswer | None:
    kept = cache.get(_place(key))
    return _from_plain(kept[1]) if kept and kept[0] == key else None


def _key(query: str, audience: Audience) -> str:
    """Another audience, another index or another question has another answer."""
    text = normalise(query)
    # On a Latin keyboard in place of a Korean one a capital is another letter.
    state = [VERSION, int(audience), *_index_state(), text if text.isascii() else text.casefold()]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _index_state() -> list[Any]:
    """What changes whenever something else could be found."""
    encoder = index_encoder()
    newest = IndexRecord.objects.aggregate(at=Max("indexed_at"))["at"]
    space = EmbeddingSpace.objects.filter(encoder=encoder).aggregate(pk=Max("pk"))["pk"]
    latest = Technology.objects.aggregate(pk=Max("pk"))["pk"]
    return [encoder, newest and newest.isoformat(), space, latest, list_version()]


def _place(key: str) -> str:
    return f"search-{int(key[:8], 16) % PLACES}"


def _number(key: str) -> int:
    """As large as a lock's second number may be."""
    return int(key[:7], 16)


def _as_plain(found: SearchAnswer) -> tuple[Any, ...]:
    return [astuple(hit) for hit in found.hits], found.layouts, found.spellings, found.asked_instead


def _from_plain(kept: tuple[Any, ...]) -> SearchAnswer:
    hits, layouts, spellings, asked_instead = kept
    return SearchAnswer(tuple(SearchHit(*hit) for hit in hits), tuple(layouts), tuple(spellings), asked_instead)
