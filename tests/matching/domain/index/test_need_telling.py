"""The model of the encoder in use."""

import numpy as np
import pytest
from django.core.cache import cache

from matching.domain.index.need_telling import chances_of_need, sentence_model
from matching.scoring.background.examples import shipped_examples
from matching.scoring.background.telling import fit


class Lengths:
    """An encoder that sees nothing but how long a text is, and counts what it is asked."""

    name, dimension = "lengths-1", 2

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.encoded += len(texts)
        return np.array([[len(text) / 100, 1.0] for text in texts], dtype=np.float32)

    def encode_wholes(self, texts: list[str]) -> np.ndarray:
        raise AssertionError("sentences are passages")


@pytest.fixture(autouse=True)
def nothing_kept_yet() -> None:
    cache.clear()


def test_model_is_the_fit_to_the_shipped_sentences() -> None:
    examples = shipped_examples()
    encoder = Lengths()
    vectors = encoder.encode([example.text for example in examples])
    expected = fit(vectors, np.array([example.states_need for example in examples]))
    found = sentence_model(encoder)
    assert (found.factors.tolist(), found.constant) == (expected.factors.tolist(), expected.constant)


def test_sentences_are_encoded_once_for_all_processes() -> None:
    first, second = Lengths(), Lengths()
    sentence_model(first)
    sentence_model(second)
    assert (first.encoded, second.encoded) == (len(shipped_examples()), 0)


def test_chances_are_those_of_the_model() -> None:
    encoder = Lengths()
    texts = ["빵이 굳습니다.", "저희는 빵집입니다. " * 9]
    expected = sentence_model(encoder).probabilities(encoder.encode(texts))
    assert chances_of_need(encoder, texts).tolist() == expected.tolist()
    assert chances_of_need(encoder, []).tolist() == []
