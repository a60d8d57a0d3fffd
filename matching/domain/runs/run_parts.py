"""The two steps of a run: comparing some technologies with all its needs, writing the lists of some needs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from matching.domain.index.embedding_spaces import space_of
from matching.domain.matches import one_need
from matching.domain.matches.scorers import scorer_named
from matching.domain.runs.bulk_components import lists_of
from matching.domain.runs.bulk_needs import NeedRow, Vocabulary, kept_by, lexemes_of, need_rows, read_needs
from matching.domain.runs.bulk_reading import read_block
from matching.domain.runs.match_lists import NeedList, ScoringNote, write_lists, write_notes
from matching.enums import PartStep
from matching.models import ScoringPart, ScoringRecord, ScoringResult, ScoringRun, Technology
from matching.scoring.bulk.blocks import Block, Needs
from matching.scoring.bulk.comparing import ListingBar, compare_all
from matching.scoring.bulk.pairs import NO_PAIRS, TOLERANCE, Floors, Pairs
from matching.scoring.space import Space
from matching.scoring.types import Need, Rows
from matching.scoring.weights import Scorer, ScorerStamp

# About 20,000 passages: large enough for the processor's full speed, small enough for its memory.
TECHNOLOGIES_AT_ONCE = 2_000
_PAIR = np.dtype([("need", "<i8"), ("technology", "<i8"), ("score", "<f4"), ("similarity", "<f4"), ("terms", "<f4")])


@dataclass(frozen=True)
class RunContext:
    """What all parts of one run share, read once by each process."""

    rows: list[NeedRow]
    record_ids: Rows
    needs: Needs
    space: Space
    scorer: Scorer
    vocabulary: Vocabulary
    floors: Floors
    # A need whose text says nothing has no matches.
    is_silent: Any

    def floor_values(self) -> Any:
        return np.where(self.is_silent, np.inf, self.floors.values).astype(np.float32)


@lru_cache(maxsize=1)
def work_of(run_id: int) -> RunContext:
    run = ScoringRun.objects.get(id=run_id)
    seen = dict(packed_numbers(run.needs).tolist())
    # Changed since the run began: such a need is scored by itself.
    rows = [row for row in need_rows(list(seen)) if row.revision == seen[row.record_id]]
    record_ids = [row.record_id for row in rows]
    space, scorer = space_of(run.encoder, ScorerStamp.read(run.scorer_version).space), scorer_of(run.scorer_version)
    vocabulary = Vocabulary(run.vocabulary)
    keep = kept_by(rows, one_need.KEPT)
    terms = vocabulary.terms_of(record_ids, encoder=run.encoder)
    needs = read_needs(rows, terms, keep=keep, space=space, scorer=scorer)
    return RunContext(
        rows=rows,
        record_ids=np.array(record_ids, dtype=np.int64),
        needs=needs,
        space=space,
        scorer=scorer,
        vocabulary=vocabulary,
        floors=Floors(keep),
        is_silent=needs.are_silent,
    )


def packed_numbers(data: bytes | memoryview) -> Rows:
    """Pairs of numbers as a run keeps them."""
    return np.frombuffer(bytes(data), dtype="<i8").reshape(-1, 2)


def do_part(part: ScoringPart) -> int:
    """How many stored rows it has changed."""
    try:
        if part.step == PartStep.COMPARE:
            _compare(part)
            return 0
        return _write(part)
    except BaseException:
        # What was found is not stored, so it must not keep anything out of later parts.
        work_of.cache_clear()
        raise


def _compare(part: ScoringPart) -> None:
    work = work_of(part.run_id)
    found = [_pairs_worth_keeping(work, block) for block in _blocks(part, work)]
    pairs = Pairs.joined(found) if found else NO_PAIRS
    # The floors have risen since the first of them were found.
    pairs = pairs.only(pairs.scores >= work.floor_values()[pairs.needs] - TOLERANCE)
    record_ids = work.record_ids[pairs.needs]
    for_parts = ScoringPart.objects.filter(run=part.run_id, step=PartStep.WRITE)
    ScoringResult.objects.bulk_create(
        ScoringResult(part=part, for_part=each, pairs=_packed(pairs, record_ids, each)) for each in for_parts
    )


def _blocks(part: ScoringPart, work: RunContext) -> Iterator[Block]:
    ids = list(
        Technology.objects.published()
        .filter(id__range=(part.first, part.last))
        .order_by("id")
        .values_list("id", flat=True)
    )
    for start in range(0, len(ids), TECHNOLOGIES_AT_ONCE):
        yield read_block(ids[start : start + TECHNOLOGIES_AT_ONCE], space=work.space)


def _pairs_worth_keeping(work: RunContext, block: Block) -> Pairs:
    pairs = compare_all(work.needs, block, work.floor_values(), entry(work.scorer))
    work.floors.add(pairs)
    return pairs


def scorer_of(version: str) -> Scorer:
    scorer = scorer_named(ScorerStamp.read(version).scorer)
    if scorer is None:
        raise LookupError(version)
    return scorer


def entry(scorer: Scorer) -> ListingBar:
    return ListingBar(scorer=scorer, minimum=scorer.formula.least_score)


def _packed(pairs: Pairs, record_ids: Rows, part: ScoringPart) -> bytes:
    chosen = (record_ids >= part.first) & (record_ids <= part.last)
    packed = np.zeros(int(chosen.sum()), dtype=_PAIR)
    packed["need"] = record_ids[chosen]
    columns: tuple[Any, ...] = (pairs.technologies, pairs.scores, pairs.similarities, pairs.term_weights)
    for name, column in zip(("technology", "score", "similarity", "terms"), columns, strict=True):
        packed[name] = column[chosen]
    return packed.tobytes()


def _unpacked(results: Iterable[Any]) -> Pairs:
    read = np.concatenate([np.zeros(0, dtype=_PAIR), *(np.frombuffer(bytes(data), dtype=_PAIR) for data in results)])
    return Pairs(read["need"], read["technology"], read["score"], read["similarity"], read["terms"])


def _write(part: ScoringPart) -> int:
    run, work = part.run, work_of(part.run_id)
    rows = _unchanged(part, run)
    results: Any = ScoringResult.objects.filter(for_part=part).order_by("part__first").values_list("pairs", flat=True)
    keep = dict(zip([row.record_id for row in rows], kept_by(rows, one_need.KEPT).tolist(), strict=True))
    facts: dict[int, Need] = dict(zip(work.record_ids.tolist(), work.needs.facts, strict=True))
    rows = [row for row in rows if row.record_id in facts]
    lists = lists_of(rows, facts, _unpacked(results), keep, scorer=work.scorer, encoder=run.encoder)
    written = write_lists([NeedList(row, lists[row.record_id], row.scored_with(run.scorer_version)) for row in rows])
    _note(run, rows, work.vocabulary)
    return written


def _unchanged(part: ScoringPart, run: ScoringRun) -> list[NeedRow]:
    """The part's needs that are as the run has seen them, held until the end of the transaction."""
    seen = {
        record: revision for record, revision in packed_numbers(run.needs).tolist() if part.first <= record <= part.last
    }
    held = ScoringRecord.objects.select_for_update(of=("self",)).filter(pk__in=list(seen)).order_by("pk")
    rows = need_rows(list(held.values_list("pk", flat=True)))
    return [row for row in rows if row.revision == seen[row.record_id]]


def _note(run: ScoringRun, rows: Sequence[NeedRow], vocabulary: Vocabulary) -> None:
    lexemes = lexemes_of([row.record_id for row in rows], encoder=run.encoder)
    write_notes(
        [
            ScoringNote(
                record_id=row.record_id,
                revision=row.revision,
                scorer_version=row.scored_with(run.scorer_version),
                candidates=run.technologies_count,
                term_weights={
                    lexeme: vocabulary.weights[lexeme]
                    for lexeme in lexemes.get(row.record_id, ())
                    if lexeme in vocabulary.weights
                },
            )
            for row in rows
        ]
    )
