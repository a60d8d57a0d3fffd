"""How much each sentence of a need counts."""

import numpy as np
import pytest

from matching.scoring.background.weighing import MOST_SENTENCES, NeedWeights, need_sentences, need_weights


def told(weights: NeedWeights) -> tuple[list[float], list[bool], bool]:
    return weights.shares.round(4).tolist(), weights.taken.tolist(), weights.is_whole


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        pytest.param([0.1, 0.9], ([0.1, 0.9], [False, True], False), id="by their probability"),
        pytest.param([0.2, 0.9], ([0.5, 0.5], [True, True], True), id="all above: nothing changes"),
        pytest.param([0.02, 0.06], ([0.25, 0.75], [True, True], False), id="none left: everything is taken"),
        pytest.param([0.1, 0.15], ([0.4, 0.6], [False, True], False), id="exactly at the limit is not taken"),
        pytest.param([0.2], ([1.0], [True], True), id="a single sentence"),
        pytest.param([0.0, 0.0], ([0.5, 0.5], [True, True], True), id="somebody said that none of it is the need"),
        pytest.param([0.0, 1.0], ([0.0, 1.0], [False, True], False), id="somebody has decided"),
        pytest.param([], ([], [], True), id="no sentence"),
    ],
)
def test_weights_follow_the_probabilities(probabilities: list[float], expected: object) -> None:
    assert told(need_weights(np.array(probabilities))) == expected


def test_the_needs_vector_is_the_weighted_mean() -> None:
    weights = need_weights(np.array([0.05, 0.15]))
    mean = weights.mean(np.array([[4.0, 0.0], [0.0, 4.0]], dtype=np.float32))
    assert (mean.round(5).tolist(), mean.dtype) == ([1.0, 3.0], np.float32)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("빵집입니다. 빵이 굳습니다.\n오래가야 합니다", ["빵집입니다.", "빵이 굳습니다.", "오래가야 합니다"]),
        ("1. 회사 소개입니다. 2. 기술이 필요합니다.", ["1. 회사 소개입니다.", "2. 기술이 필요합니다."]),
        ("Нужен сорбент. 5.", ["Нужен сорбент. 5."]),
        ("12.", ["12."]),
        ("", []),
    ],
)
def test_a_number_is_no_sentence_of_its_own(text: str, expected: list[str]) -> None:
    assert need_sentences(text) == expected


def test_a_very_long_text_has_no_more_than_so_many() -> None:
    assert len(need_sentences("빵이 굳습니다.\n" * 1_000)) == MOST_SENTENCES
