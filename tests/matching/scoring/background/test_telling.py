"""The fit on vectors whose rule is known."""

import numpy as np
import pytest

from matching.scoring.background.telling import SentenceModel, fit, held_out


def drawn(count: int = 400, dimension: int = 12, *, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """The first number decides, most of the time; all lie close to one point when `spread` is small."""
    random = np.random.default_rng(3)
    vectors = random.normal(size=(count, dimension))
    wanted = vectors[:, 0] + random.normal(scale=0.3, size=count) > 0
    return (1 + spread * vectors).astype(np.float32), wanted


def test_probability_is_the_logistic_of_factors_and_constant() -> None:
    model = SentenceModel(np.array([2.0, -1.0]), 0.5)
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], dtype=np.float32)
    assert model.probabilities(vectors).tolist() == pytest.approx([0.924142, 0.377541, 0.5], abs=1e-6)


@pytest.mark.parametrize("spread", [1.0, 0.01])
def test_fit_finds_what_decides_however_close_the_vectors_lie(spread: float) -> None:
    vectors, wanted = drawn(spread=spread)
    model = fit(vectors, wanted)
    assert np.abs(model.factors).argmax() == 0
    assert ((model.probabilities(vectors) > 0.5) == wanted).mean() > 0.85


def test_the_same_vectors_give_the_same_model() -> None:
    vectors, wanted = drawn()
    first, second = fit(vectors, wanted), fit(vectors, wanted)
    assert (first.factors.tolist(), first.constant) == (second.factors.tolist(), second.constant)


def test_a_stronger_ridge_makes_smaller_factors() -> None:
    vectors, wanted = drawn()
    weak, strong = (np.linalg.norm(fit(vectors, wanted, ridge).factors) for ridge in (0.3, 30.0))
    assert strong < weak / 2


def test_fewer_sentences_than_numbers_can_be_told_apart() -> None:
    vectors, wanted = drawn(count=8, dimension=30)
    assert ((fit(vectors, wanted).probabilities(vectors) > 0.5) == wanted).all()


def test_held_out_probabilities_come_from_models_that_have_not_seen_the_part() -> None:
    vectors, wanted = drawn(count=60)
    parts = np.arange(60) % 3
    found = held_out(vectors, wanted, parts)
    own = fit(vectors[parts != 1], wanted[parts != 1]).probabilities(vectors[parts == 1])
    assert found[parts == 1].tolist() == own.tolist()
