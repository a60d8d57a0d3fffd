"""What is loaded before anybody waits for it."""

import logging

import numpy as np
import pytest
from django.core.cache import cache

from matching.domain.index import need_telling, warming_up
from matching.domain.index.need_telling import chances_of_need
from matching.domain.index.warming_up import warm_up
from matching.embedding import EncoderUnavailableError
from matching.scoring.background.examples import shipped_examples


class Counting:
    name, dimension = "counting-1", 2

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.encoded += len(texts)
        return np.array([[len(text) / 100, 1.0] for text in texts], dtype=np.float32)

    encode_wholes = encode


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Counting:
    cache.clear()
    need_telling._model.cache_clear()
    found = Counting()
    monkeypatch.setattr(warming_up, "get_embedder", lambda: found)
    return found


def test_the_first_need_encodes_nothing_but_its_own_sentences(encoder: Counting) -> None:
    warm_up()
    assert encoder.encoded == len(shipped_examples())
    chances_of_need(encoder, ["빵이 굳습니다."])
    assert encoder.encoded == len(shipped_examples()) + 1


def test_one_process_does_it_for_all(encoder: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    encode, seen = encoder.encode, []

    def another_starts_meanwhile(texts: list[str]) -> np.ndarray:
        if not seen:
            seen.append(True)
            warm_up()
        return encode(texts)

    monkeypatch.setattr(encoder, "encode", another_starts_meanwhile)
    warm_up()
    assert (seen, encoder.encoded) == ([True], len(shipped_examples()))
    # Done, or given up: the next process may.
    assert cache.get("warming-up-counting-1") is None


def test_without_an_encoder_it_says_so_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unavailable() -> None:
        raise EncoderUnavailableError("EMBEDDER=x cannot be loaded: no such model")

    monkeypatch.setattr(warming_up, "get_embedder", unavailable)
    with caplog.at_level(logging.ERROR):
        warm_up()
    assert "search answers by words only" in caplog.text
