"""The model that tells a company's need from what it says about itself, for the encoder in use.

Fitted once per process to the shipped sentences, whose vectors are kept in the cache as those of the other shipped
sentences are. Some ten seconds with an empty cache, a third of one with a full one.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from matching.domain.index.prior_vectors import vectors_of_priors
from matching.embedding import Embedder
from matching.scoring.background.examples import shipped_examples
from matching.scoring.background.telling import SentenceModel, fit
from matching.scoring.types import Values

# Whoever needs it while the process is still warming up waits for that instead of doing the same again.
_fitting = threading.Lock()


# Two while an index is being made anew with another encoder.
@lru_cache(maxsize=2)
def _model(embedder: Embedder) -> SentenceModel:
    examples = shipped_examples()
    vectors = vectors_of_priors(embedder, "passage", tuple(example.text for example in examples))
    return fit(vectors, np.array([example.states_need for example in examples]))


def sentence_model(embedder: Embedder) -> SentenceModel:
    """For vectors of passages: where whole texts have two encoders, of the first alone."""
    with _fitting:
        return _model(embedder)  # type: ignore[arg-type]


def chances_of_need(embedder: Embedder, sentences: Sequence[str]) -> Values:
    """Of each sentence how likely it is to state the need, 0 to 1."""
    if not sentences:
        return np.zeros(0)
    return sentence_model(embedder).probabilities(embedder.encode(sentences))
