"""What the engine calculates with: a need, columns of candidates, signals, scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from matching.scoring.language.text import LANGUAGES

Vector = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32]
Values = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.str_]


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
    # The whole as it is compared with texts of another language, where that is not `whole`: see pseudo_translation.py.
    toward: Mapping[str, Vector] = dataclass_field(default_factory=dict)

    def whole_toward(self, language: str) -> Vector:
        """What whole texts of this language are compared with."""
        return self.toward.get(language, self.whole)

    @property
    def by_language(self) -> "Vector | dict[str, Vector]":
        """What whole texts of each language are compared with; one vector where it is the same for all."""
        return {code: self.whole_toward(code) for code in LANGUAGES} if self.toward else self.whole

    def probe_toward(self, language: str, dimension: int) -> Vector:
        """What passages of this language are compared with: their vectors may be of the first encoder alone."""
        usual = float(np.linalg.norm(self.whole[:dimension]))
        return cast(Vector, self.whole_toward(language)[:dimension] / max(usual, 1e-9))


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
    # The language of each whole text, and of each passage.
    whole_languages: Codes
    passage_languages: Codes
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
    components: list[dict[str, Any]] = dataclass_field(default_factory=list)


Weights = Mapping[str, float]
