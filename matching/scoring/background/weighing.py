"""A need's sentences, and how much each counts, from how likely it is to state the need."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.scoring.language.text import sentences, words
from matching.scoring.types import Values, Vector, Vectors

Flags = npt.NDArray[np.bool_]

# Above this a sentence is taken as the need. The model has learned from as many of each kind, but nine of ten that
# companies write into a demand state the need: by Bayes that is where both are equally likely.
TAKEN_FROM = 0.1
# As many as a text may have passages: what comes after says little more and costs as much.
MOST_SENTENCES = 200


@dataclass(frozen=True)
class NeedWeights:
    """Row i is sentence i.

    `shares` of the need's vector sum to 1. `taken`: whose notions and words count, never none of them.
    `is_whole`: there is nothing to weigh, because every sentence states the need or it is a single one; the text is
    to be read as it would be without all this.
    """

    shares: Values
    taken: Flags
    is_whole: bool

    def mean(self, vectors: Vectors) -> Vector:
        """The need's vector from its sentences', not of length 1; of no use where the need `is_whole`."""
        return (self.shares @ vectors).astype(np.float32)


def need_weights(probabilities: Values) -> NeedWeights:
    """From the probability of each sentence, 0 to 1; one that a person has decided about comes as 1 or 0."""
    taken = probabilities > TAKEN_FROM
    total = float(probabilities.sum())
    count = len(probabilities)
    is_whole = count < 2 or bool(taken.all()) or total <= 0
    shares = np.full(count, 1 / max(count, 1)) if is_whole else probabilities / total
    return NeedWeights(shares, taken if taken.any() else np.ones_like(taken), is_whole)


def need_sentences(text: str) -> list[str]:
    """In their order; what is no sentence by itself ("1.", "가)") is joined with what follows it."""
    found: list[str] = []
    begun = ""
    for sentence in sentences(text):
        begun = f"{begun} {sentence}".strip()
        if any(len(word) > 1 and not word.isdigit() for word in words(begun)):
            found.append(begun)
            begun = ""
    if begun and found:
        found[-1] = f"{found[-1]} {begun}"
    elif begun:
        found = [begun]
    return found[:MOST_SENTENCES]
