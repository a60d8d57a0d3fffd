"""Needs and technologies as columns: what is compared when many are compared with many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.scoring.bulk.fact_tables import FACT_COMPONENTS, NO_TERMS, coded, need_fact
from matching.scoring.types import Codes, Need, Rows, Vectors, Weights


@dataclass(frozen=True)
class Needs:
    """Needs as the tiles want them; row i of everything belongs to `facts[i]`."""

    facts: Sequence[Need]
    # By language: what whole texts of it, and what passages, are compared with.
    wholes: Mapping[str, Vectors]
    probes: Mapping[str, Vectors]
    # Which of them say nothing, and so are compared with nothing.
    are_silent: npt.NDArray[np.bool_]
    # Distinctive terms of need i: places term_starts[i] to term_starts[i + 1], with their rarity.
    term_starts: Rows
    terms: Rows
    term_weights: npt.NDArray[np.float32]
    # The weights that order the list of each need, and how many it keeps.
    weights: Sequence[Weights]
    keep: Rows

    def __len__(self) -> int:
        return len(self.facts)

    @cached_property
    def coded_facts(self) -> dict[str, tuple[list[Any], Rows]]:
        """For each part made of facts: the different facts, and which of them each need has."""
        return {one.code: coded([need_fact(one, need) for need in self.facts]) for one in (*FACT_COMPONENTS, NO_TERMS)}

    @cached_property
    def vocabulary(self) -> tuple[Rows, Rows]:
        """The different terms in order, and which of them each of `terms` is."""
        return np.unique(self.terms, return_inverse=True)


@dataclass(frozen=True)
class Layer:
    """Texts of one language, at most one of each technology; `columns` says where these stand in the block."""

    language: str
    vectors: Vectors
    columns: slice | Rows
    # Whether nothing of these technologies lies in a layer before.
    is_first: bool


@dataclass(frozen=True)
class Block:
    """Some technologies, by the language of most of their passages, those with the most of them first."""

    ids: Rows
    passages: Sequence[Layer]
    # Where the technologies stand that have one passage at most.
    short: Rows
    wholes: Sequence[Layer]
    fields: Sequence[str]
    trls: Sequence[int | None]
    transfer_modes: Sequence[frozenset[str]]
    languages: Sequence[frozenset[str]]
    # One entry for each term of each technology.
    terms: Rows
    term_rows: Rows

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class TextVectors:
    """Texts of technologies: the vector of each, the place of the technology it is of, and its language."""

    vectors: Vectors
    rows: Rows
    languages: Codes

    def sequence(self, count: int) -> Rows:
        """The order of a block: technologies by their main language, those with the most texts in it first."""
        counts, _ = self._counts(count)
        return np.lexsort((-counts.max(axis=1, initial=0), counts.argmax(axis=1)))

    def _counts(self, count: int) -> tuple[Rows, Rows]:
        """Technologies × languages: how many texts; and which of the languages each text is in."""
        codes, which = np.unique(self.languages, return_inverse=True)
        width = max(1, len(codes))
        counts = np.bincount(self.rows * width + which, minlength=count * width).reshape(count, width)
        return counts, which

    def layers(self, order: Rows) -> list[Layer]:
        """Of each technology the first text in its main language, the second, …, then those in others.

        `order`: where each technology stands in the block.
        """
        counts, which = self._counts(len(order))
        is_other = which != counts.argmax(axis=1)[self.rows]
        positions = _positions(self.rows * counts.shape[1] + which)
        places = order[self.rows]
        sorting = np.lexsort((places, positions, which, is_other))
        keys = np.stack([is_other, which, positions])[:, sorting]
        starts = np.flatnonzero(np.any(np.diff(keys, axis=1, prepend=-1), axis=0))
        return [
            self._layer(chosen, places, positions, is_other) for chosen in np.split(sorting, starts[1:]) if len(chosen)
        ]

    def _layer(self, chosen: Rows, places: Rows, positions: Rows, is_other: npt.NDArray[np.bool_]) -> Layer:
        first = int(chosen[0])
        return Layer(
            language=str(self.languages[first]),
            vectors=np.ascontiguousarray(self.vectors[chosen]),
            columns=_as_slice(places[chosen]),
            is_first=bool(positions[first] == 0 and not is_other[first]),
        )


def _positions(groups: Rows) -> Rows:
    """Of each entry how many of the same group stand before it."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    counted = np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))
    positions = np.empty(len(groups), dtype=np.int64)
    positions[order] = counted
    return positions


def _as_slice(columns: Rows) -> slice | Rows:
    """Rising numbers without a gap as a slice: that is read and written in place."""
    first, last = int(columns[0]), int(columns[-1])
    return slice(first, last + 1) if last - first + 1 == len(columns) else columns
