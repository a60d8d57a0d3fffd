"""Background told from needs by the packaged encoder: a floor below what it reaches on sentences it has not seen."""

from pathlib import Path

import numpy as np

from matching.benchmark.quality.folders import read_background
from matching.embedding import UseEmbedder
from matching.scoring.background.examples import shipped_examples
from matching.scoring.background.telling import fit, held_out
from matching.scoring.background.weighing import need_sentences
from matching.scoring.fitting import fold_of

BACKGROUNDS = Path(__file__).parents[2] / "matching" / "benchmark" / "quality" / "company_backgrounds.txt"


def test_kinds_are_told_apart_in_groups_that_were_left_out() -> None:
    examples, encoder = shipped_examples(), UseEmbedder()
    vectors = encoder.encode([example.text for example in examples])
    states_need = np.array([example.states_need for example in examples])
    groups = np.unique([example.group for example in examples], return_inverse=True)[1]
    held = held_out(vectors, states_need, fold_of(groups, 5))
    assert ((held > 0.5) == states_need).mean() > 0.94

    presentations = [sentence for text in read_background(BACKGROUNDS) for sentence in need_sentences(text)]
    taken = fit(vectors, states_need).probabilities(encoder.encode(presentations)) > 0.5
    assert taken.mean() < 0.04
    # None of them is among the sentences that the model was fitted to.
    assert {*presentations}.isdisjoint(example.text for example in examples)
