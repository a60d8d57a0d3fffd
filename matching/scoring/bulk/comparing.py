"""Many needs × many technologies at once, every component of the score for every pair, nothing left out.

The same formulas as for one need (`components.py`), over tiles of needs × technologies that stay
in the processor's cache. Passages lie position by position, technologies with many passages first:
the best and second-best passage of every technology then come from a few matrix products and
element-wise maxima over whole tiles, without a step per technology.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from matching.scoring.bulk.blocks import Block, Needs
from matching.scoring.bulk.fact_tables import FACT_COMPONENTS, NO_TERMS, coded, facts_table
from matching.scoring.bulk.pairs import FAR, NO_PAIRS, TOLERANCE, Pairs
from matching.scoring.components import meaning_value, similarity, terms_value
from matching.scoring.types import Rows
from matching.scoring.weights import Formula, Scorer

# Rows of a tile: enough for the matrix product to run at full speed, few enough for the cache.
NEEDS_AT_ONCE = 512

Tile = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ListingBar:
    """What it takes to be listed: so much by the formula's own weights, whatever others are in force."""

    scorer: Scorer
    minimum: float


def compare_all(needs: Needs, block: Block, floors: npt.NDArray[np.float32], entry: ListingBar) -> Pairs:
    """The best of the block for each need, unless they score below the need's floor."""
    if not len(block):
        return NO_PAIRS
    formula = entry.scorer.formula
    tables = _Tables(needs, block, formula)
    found = [
        _best(_Tile(needs, block, tables, rows, formula), floors[rows], entry)
        for rows in _slices(len(needs), NEEDS_AT_ONCE)
    ]
    return Pairs.joined(found) if found else NO_PAIRS


def _slices(count: int, size: int) -> Iterator[slice]:
    return (slice(start, min(count, start + size)) for start in range(0, count, size))


class _Tables:
    """What all tiles of one block share."""

    def __init__(self, needs: Needs, block: Block, formula: Formula) -> None:
        self.facts: dict[str, tuple[Tile, Rows]] = {}
        for component in (*FACT_COMPONENTS, NO_TERMS):
            wanted, rows = needs.coded_facts[component.code]
            offered, columns = coded(getattr(block, component.of_offer))
            table = facts_table(component, wanted, offered, formula).astype(np.float32)
            self.facts[component.code] = np.ascontiguousarray(table[:, columns]), rows
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
        for layer in self.block.wholes:
            met = self.needs.wholes[layer.language][self.rows] @ layer.vectors.T
            found[:, layer.columns] = np.maximum(found[:, layer.columns], met)
        return found

    def _passages(self) -> tuple[Tile, Tile]:
        """The best and the second; the only one counts twice, none is at the far end."""
        best = np.full((self.rows.stop - self.rows.start, len(self.block)), FAR, dtype=np.float32)
        second = best.copy()
        for layer in self.block.passages:
            met = self.needs.probes[layer.language][self.rows] @ layer.vectors.T
            # Of a slice these are the tables themselves, otherwise copies.
            leading, runner_up = best[:, layer.columns], second[:, layer.columns]
            if not layer.is_first:
                np.maximum(runner_up, np.minimum(leading, met), out=runner_up)
            np.maximum(leading, met, out=leading)
            if not isinstance(layer.columns, slice):
                best[:, layer.columns], second[:, layer.columns] = leading, runner_up
        second[:, self.block.short] = best[:, self.block.short]
        return best, second

    def components(self) -> Iterator[tuple[str, Tile]]:
        """Every component of the score, by its code."""
        yield "meaning", cast(Tile, meaning_value(self.similarity, self.formula))  # type: ignore[arg-type]
        found = terms_value(self.term_weights, self.formula)  # type: ignore[arg-type]
        without = self.tables.values("shared_terms", self.rows)
        yield "shared_terms", np.where(self.term_weights > 0, found, without)
        for component in FACT_COMPONENTS:
            yield component.code, self.tables.values(component.code, self.rows)

    def scores(self, scorer: Scorer) -> tuple[Tile, Tile]:
        """By the weights of each need, and by those that decide what is listed."""
        own, usual, listing = self.needs.weights[self.rows], scorer.weights, scorer.listing
        bent = [row for row, weights in enumerate(own) if weights != usual]
        plain = np.zeros(self.similarity.shape, dtype=np.float32)
        listed = plain if listing == usual else np.zeros_like(plain)
        other = np.zeros((len(bent), len(self.block)), dtype=np.float32)
        for code, values in self.components():
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


def _best(tile: _Tile, floors: npt.NDArray[np.float32], entry: ListingBar) -> Pairs:
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
