"""Many needs × many technologies at once, every part of the score for every pair, nothing left out.

The same formulas as for one need (`components.py`), over tiles of needs × technologies that stay
in the processor's cache. Passages lie position by position, technologies with many passages first:
the best and second-best passage of every technology then come from a few matrix products and
element-wise maxima over whole tiles, without a step per technology.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from matching.scoring.components import meaning_value, similarity, terms_value
from matching.scoring.tables import FACT_PARTS, NO_TERMS, coded, facts_table, need_fact
from matching.scoring.types import Need, Rows, Vectors, Weights
from matching.scoring.weights import Formula, Scorer

# Rows of a tile: enough for the matrix product to run at full speed, few enough for the cache.
NEEDS_AT_ONCE = 512
# Equal scores differ in the last digits of single precision; ties are settled where lists are merged.
TOLERANCE = 2e-6
FAR = -1.0

Tile = npt.NDArray[np.float32]


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
        return {part.code: coded([need_fact(part, need) for need in self.facts]) for part in (*FACT_PARTS, NO_TERMS)}

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


@dataclass(frozen=True)
class Entry:
    """What it takes to be listed: so much by the formula's own weights, whatever others are in force."""

    scorer: Scorer
    minimum: float


def compare(needs: Needs, block: Block, floors: npt.NDArray[np.float32], entry: Entry) -> Pairs:
    """The best of the block for each need, unless they score below the need's floor."""
    if not len(block):
        return NO_PAIRS
    tables = _Tables(needs, block)
    formula = entry.scorer.formula
    found = [
        _best(_Tile(needs, block, tables, rows, formula), floors[rows], entry)
        for rows in _slices(len(needs), NEEDS_AT_ONCE)
    ]
    return Pairs.joined(found) if found else NO_PAIRS


_NO_ROWS, _NO_VALUES = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
NO_PAIRS = Pairs(_NO_ROWS, _NO_ROWS, _NO_VALUES, _NO_VALUES, _NO_VALUES)


def _slices(count: int, size: int) -> Iterator[slice]:
    return (slice(start, min(count, start + size)) for start in range(0, count, size))


class _Tables:
    """What all tiles of one block share."""

    def __init__(self, needs: Needs, block: Block) -> None:
        self.facts: dict[str, tuple[Tile, Rows]] = {}
        for part in (*FACT_PARTS, NO_TERMS):
            wanted, rows = needs.coded_facts[part.code]
            offered, columns = coded(getattr(block, part.of_offer))
            table = facts_table(part, wanted, offered).astype(np.float32)
            self.facts[part.code] = np.ascontiguousarray(table[:, columns]), rows
        self.postings = _Postings(needs, block)

    def values(self, code: str, rows: slice) -> Tile:
        table, which = self.facts[code]
        return table[which[rows]]


class _Postings:
    """Term by term the technologies of the block that have it."""

    def __init__(self, needs: Needs, block: Block) -> None:
        vocabulary, self.codes = needs.vocabulary
        places = np.searchsorted(vocabulary, block.terms)
        places[places == len(vocabulary)] = 0
        is_wanted = vocabulary[places] == block.terms if len(vocabulary) else np.zeros(len(block.terms), dtype=bool)
        codes, rows = places[is_wanted], block.term_rows[is_wanted]
        order = np.argsort(codes, kind="stable")
        self.rows = rows[order]
        self.counts = np.bincount(codes, minlength=len(vocabulary))
        self.starts = np.cumsum(self.counts) - self.counts

    def weights(self, needs: Needs, rows: slice, width: int) -> Tile:
        """For each need of the tile and each technology the rarity of the terms that both have."""
        first, last = needs.term_starts[rows.start], needs.term_starts[rows.stop]
        codes, counts = self.codes[first:last], self.counts[self.codes[first:last]]
        owners = np.repeat(np.arange(rows.stop - rows.start), np.diff(needs.term_starts[rows.start : rows.stop + 1]))
        # The postings of all these terms, one after the other.
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[codes] - (ends - counts), counts)
        cells = np.repeat(owners * width, counts) + self.rows[places]
        size = (rows.stop - rows.start) * width
        summed = np.bincount(cells, weights=np.repeat(needs.term_weights[first:last], counts), minlength=size)
        return summed.astype(np.float32).reshape(-1, width)


class _Tile:
    """Some needs × all technologies of the block."""

    def __init__(self, needs: Needs, block: Block, tables: _Tables, rows: slice, formula: Formula) -> None:
        self.needs, self.block, self.tables, self.rows, self.formula = needs, block, tables, rows, formula
        best, second = self._passages()
        self.similarity: Tile = similarity(self._wholes(), best, second, formula)  # type: ignore[assignment, arg-type]
        self.term_weights = tables.postings.weights(needs, rows, len(block))

    def _wholes(self) -> Tile:
        """Of several language versions the nearest."""
        found = np.full((self.rows.stop - self.rows.start, len(self.block)), FAR, dtype=np.float32)
        for vectors, columns in self.block.wholes:
            met = self.needs.wholes[self.rows] @ vectors.T
            found[:, columns] = np.maximum(found[:, columns], met)
        return found

    def _passages(self) -> tuple[Tile, Tile]:
        """The best and the second; the only one counts twice, none is at the far end."""
        probes = self.needs.probes[self.rows]
        best = np.full((len(probes), len(self.block)), FAR, dtype=np.float32)
        second = best.copy()
        for position, vectors in enumerate(self.block.passages):
            met = probes @ vectors.T
            leading = best[:, : len(vectors)]
            if position:
                runner_up = second[:, : len(vectors)]
                np.maximum(runner_up, np.minimum(leading, met), out=runner_up)
            np.maximum(leading, met, out=leading)
        several = len(self.block.passages[1]) if len(self.block.passages) > 1 else 0
        second[:, several:] = best[:, several:]
        return best, second

    def parts(self) -> Iterator[tuple[str, Tile]]:
        """Every part of the score, by its code."""
        yield "meaning", cast(Tile, meaning_value(self.similarity, self.formula))  # type: ignore[arg-type]
        found = terms_value(self.term_weights, self.formula)  # type: ignore[arg-type]
        without = self.tables.values("shared_terms", self.rows)
        yield "shared_terms", np.where(self.term_weights > 0, found, without)
        for part in FACT_PARTS:
            yield part.code, self.tables.values(part.code, self.rows)

    def scores(self, scorer: Scorer) -> tuple[Tile, Tile]:
        """By the weights of each need, and by those that decide what is listed."""
        own, usual, listing = self.needs.weights[self.rows], scorer.weights, scorer.listing
        bent = [row for row, weights in enumerate(own) if weights != usual]
        plain = np.zeros(self.similarity.shape, dtype=np.float32)
        listed = plain if listing == usual else np.zeros_like(plain)
        other = np.zeros((len(bent), len(self.block)), dtype=np.float32)
        for code, values in self.parts():
            plain += np.float32(usual[code]) * values
            if listed is not plain:
                listed += np.float32(listing[code]) * values
            if bent:
                other += np.array([[own[row][code]] for row in bent], dtype=np.float32) * values[bent]
        if not bent:
            return plain, listed
        ordered = plain.copy()
        ordered[bent] = other
        return ordered, listed


def _best(tile: _Tile, floors: npt.NDArray[np.float32], entry: Entry) -> Pairs:
    ordered, listed = tile.scores(entry.scorer)
    is_listed = listed >= entry.minimum
    is_listed &= ordered >= (floors - TOLERANCE)[:, None]
    rows, columns = np.nonzero(is_listed)
    chosen = _within(rows, ordered[rows, columns], tile.needs.keep[tile.rows])
    rows, columns = rows[chosen], columns[chosen]
    return Pairs(
        needs=rows + tile.rows.start,
        technologies=tile.block.ids[columns],
        scores=ordered[rows, columns],
        similarities=tile.similarity[rows, columns],
        term_weights=tile.term_weights[rows, columns],
    )


def _within(rows: Rows, scores: npt.NDArray[np.float32], keep: Rows) -> npt.NDArray[np.bool_]:
    """Which of the pairs, sorted by row, are among the best of their row; ties with the last stay."""
    chosen = np.ones(len(rows), dtype=bool)
    counts = np.bincount(rows, minlength=len(keep))
    ends = np.cumsum(counts)
    for row in np.flatnonzero(counts > keep):
        own, surplus = slice(ends[row] - counts[row], ends[row]), counts[row] - keep[row]
        chosen[own] = scores[own] >= np.partition(scores[own], surplus)[surplus] - TOLERANCE
    return chosen


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
