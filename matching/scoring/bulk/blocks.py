"""Needs and technologies as columns: what is compared when many are compared with many."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.scoring.bulk.fact_tables import FACT_COMPONENTS, NO_TERMS, coded, need_fact
from matching.scoring.types import Need, Rows, Vectors, Weights


@dataclass(frozen=True)
class Needs:
    """Needs as the tiles want them; row i of everything belongs to `facts[i]`."""

    facts: Sequence[Need]
    # What whole texts, and what passages, are compared with.
    wholes: Vectors
    probes: Vectors
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
class Block:
    """Some technologies, those with the most passages first."""

    ids: Rows
    # Number j: the j-th passages of the first len(passages[j]) technologies.
    passages: Sequence[Vectors]
    # Number j: the j-th whole texts and the rows of the technologies they are of.
    wholes: Sequence[tuple[Vectors, Rows]]
    fields: Sequence[str]
    trls: Sequence[int | None]
    transfer_modes: Sequence[frozenset[str]]
    languages: Sequence[frozenset[str]]
    # One entry for each term of each technology.
    terms: Rows
    term_rows: Rows

    def __len__(self) -> int:
        return len(self.ids)


def arranged(vectors: Vectors, rows: Rows, order: Rows) -> tuple[list[Vectors], list[Rows]]:
    """Vectors of technologies by position: the first of each, the second of each, and so on.

    `rows` says whose a vector is and is sorted; `order` where a technology stands in the block.
    """
    if not len(rows):
        return [], []
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    positions = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
    places = order[rows]
    sorting = np.lexsort((places, positions))
    cuts = np.cumsum(np.bincount(positions))[:-1]
    return (
        [np.ascontiguousarray(part) for part in np.split(vectors[sorting], cuts)],
        np.split(places[sorting], cuts),
    )
