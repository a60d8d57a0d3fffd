"""Demands as the worker has read them, without an encoder."""

from collections.abc import Mapping

from matching.models import Demand, IndexRecord, NeedSentence
from matching.scoring.background.examples import examples_version
from matching.scoring.background.weighing import TAKEN_FROM


def make_read(demand: Demand, chances: Mapping[str, float], *, encoder: str) -> IndexRecord:
    """`chances`: of each sentence how likely it is to state the need."""
    record = IndexRecord.objects.create(demand=demand, encoder=encoder, revision=demand.revision, text_hash="")
    NeedSentence.objects.bulk_create(
        NeedSentence(
            record=record,
            position=i,
            text=text,
            chance=chance,
            examples=examples_version(),
            is_counted=chance > TAKEN_FROM,
        )
        for i, (text, chance) in enumerate(chances.items(), start=1)
    )
    return record
