import numpy as np
import pytest
from django.core.cache import cache

from matching.domain.index.prior_vectors import vectors_of_priors


class Slow:
    """Cut off after so many texts, as a task on a slow machine is."""

    name, dimension = "slow-1", 2

    def __init__(self, patience: int) -> None:
        self.patience, self.encoded = patience, 0

    def encode(self, texts: list[str]) -> np.ndarray:
        if self.encoded + len(texts) > self.patience:
            raise TimeoutError
        self.encoded += len(texts)
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    def encode_wholes(self, texts: list[str]) -> np.ndarray:
        return -self.encode(texts)


TEXTS = tuple("a" * n for n in range(1, 21))


@pytest.fixture(autouse=True)
def nothing_kept_yet() -> None:
    cache.clear()


def test_vectors_that_were_made_before_a_cut_are_not_made_again() -> None:
    first = Slow(patience=10)
    with pytest.raises(TimeoutError):
        vectors_of_priors(first, "passage", TEXTS)
    second = Slow(patience=12)
    vectors = vectors_of_priors(second, "passage", TEXTS)
    assert (first.encoded, second.encoded) == (8, 12)
    assert vectors.tolist() == [[n, 1.0] for n in range(1, 21)]


def test_kinds_and_encoders_are_kept_apart() -> None:
    vectors_of_priors(Slow(20), "passage", TEXTS)
    assert vectors_of_priors(Slow(20), "whole", TEXTS).tolist() == [[-n, -1.0] for n in range(1, 21)]
    other = Slow(20)
    other.name = "slow-2"
    vectors_of_priors(other, "passage", TEXTS)
    assert other.encoded == 20


def test_vectors_come_without_a_cache(broker) -> None:
    broker.stop()
    slow = Slow(20)
    assert len(vectors_of_priors(slow, "passage", TEXTS)) == 20
    broker.start()
