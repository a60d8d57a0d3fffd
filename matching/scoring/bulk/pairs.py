"""What is left of comparing many needs with many technologies: the pairs worth keeping."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.scoring.types import Rows

# Equal scores differ in the last digits of single precision; ties are settled where lists are merged.
TOLERANCE = 2e-6
# Less similar than anything, a score below any.
FAR = -1.0


@dataclass(frozen=True)
class Pairs:
    """Pairs worth keeping, by need: what is needed to explain and to order them."""

    needs: Rows
    technologies: Rows
    scores: npt.NDArray[np.float32]
    similarities: npt.NDArray[np.float32]
    term_weights: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.needs)

    def only(self, chosen: Any) -> "Pairs":
        return Pairs(
            self.needs[chosen],
            self.technologies[chosen],
            self.scores[chosen],
            self.similarities[chosen],
            self.term_weights[chosen],
        )

    @classmethod
    def joined(cls, parts: Sequence["Pairs"]) -> "Pairs":
        columns: Any = zip(
            *((p.needs, p.technologies, p.scores, p.similarities, p.term_weights) for p in parts), strict=True
        )
        return cls(*map(np.concatenate, columns))


_NO_ROWS, _NO_VALUES = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
NO_PAIRS = Pairs(_NO_ROWS, _NO_ROWS, _NO_VALUES, _NO_VALUES, _NO_VALUES)


class Floors:
    """For each need the score that a technology has to reach, from what was kept so far."""

    def __init__(self, keep: Rows) -> None:
        self.kept = np.full((len(keep), int(keep.max(initial=1))), FAR, dtype=np.float32)
        # Sorted upwards, a need's last kept score stands here.
        self._last = self.kept.shape[1] - keep

    @property
    def values(self) -> npt.NDArray[np.float32]:
        values: npt.NDArray[np.float32] = self.kept[np.arange(len(self.kept)), self._last]
        return values

    def add(self, pairs: Pairs) -> None:
        """Pairs sorted by need."""
        touched, starts, counts = np.unique(pairs.needs, return_index=True, return_counts=True)
        width = self.kept.shape[1]
        wide = np.full((len(touched), width + int(counts.max(initial=0))), FAR, dtype=np.float32)
        wide[:, :width] = self.kept[touched]
        places = np.arange(len(pairs)) - np.repeat(starts, counts) + width
        wide[np.repeat(np.arange(len(touched)), counts), places] = pairs.scores
        wide.sort(axis=1)
        self.kept[touched] = wide[:, -width:]
