"""What people say of the sentences of a demand: which state the need, and which are about the company."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.revisions import locked_row, refuse_stale, save_revision
from matching.domain.index.indexing import index_encoder
from matching.domain.index.need_reading import sentences_of
from matching.domain.texts.indexed_texts import text_hash
from matching.enums import DemandState
from matching.models import Demand
from matching.scoring.background.weighing import TAKEN_FROM


@transaction.atomic
def say_what_counts(*, demand: Demand, by: User, positions: Collection[int], expected_revision: int) -> Demand:
    """`positions`: of the sentences that state the need. The worker reads and scores the demand anew."""
    row = locked_row(demand, no_key=True)
    if row.state != DemandState.OPEN:
        raise MoveNotAllowedError(row)
    refuse_stale(row, expected_revision)
    sentences = sentences_of(row, index_encoder())
    if not {*positions} <= {sentence.position for sentence in sentences}:
        raise ValueError(positions)
    # What is told as it would be told anyway is left to be told: another reading may know better.
    said = {
        text_hash(sentence.text): sentence.position in positions
        for sentence in sentences
        if (sentence.position in positions) != (sentence.chance > TAKEN_FROM)
    }
    return _saved(row, said, by)


@transaction.atomic
def forget_what_counts(*, demand: Demand, by: User) -> Demand:
    """Back to how the sentences read by themselves."""
    return _saved(locked_row(demand, no_key=True), {}, by)


def _saved(row: Demand, said: dict[str, bool], by: User) -> Demand:
    if said != row.sentence_choices:
        row.sentence_choices = said
        save_revision(row, by=by)
    return row
