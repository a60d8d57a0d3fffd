"""What the engine calculates with: a need, columns of candidates, signals, scores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32]
Values = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Need:
    """A demand or a company profile; vectors are placed in the space they are compared in."""

    language: str
    whole: Vector
    passages: Vectors
    field: str = ""
    minimum_trl: int | None = None
    transfer_modes: frozenset[str] = frozenset()
    has_terms_for_all: bool = False

    def against(self, passages: Vectors) -> Vector:
        """The whole text as it is compared with passages, whose vectors may be of the first encoder alone."""
        first = self.whole[: passages.shape[1]]
        return cast(Vector, first / max(float(np.linalg.norm(first)), 1e-9))


@dataclass(frozen=True)
class Columns:
    """Candidates column by column: row i of every column belongs to `ids[i]`.

    A technology has one whole vector per language version and several passages, so these carry
    the row of their owner and are sorted by it.
    """

    ids: Rows
    wholes: Vectors
    whole_rows: Rows
    passages: Vectors
    passage_rows: Rows
    passage_ids: Rows
    fields: tuple[str, ...]
    trls: tuple[int | None, ...]
    transfer_modes: tuple[frozenset[str], ...]
    languages: tuple[frozenset[str], ...]
    term_weights: Values

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Signal:
    """One named part of a score for every candidate; `missing` is "" where there was data."""

    code: str
    values: Values
    missing: tuple[str, ...]


@dataclass(frozen=True)
class MatchScore:
    technology_id: int
    row: int
    score: float
    components: list[dict[str, Any]] = field(default_factory=list)


Weights = Mapping[str, float]
