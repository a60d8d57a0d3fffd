"""Texts into the index, beside the encoder alone."""

from functools import partial
from typing import Any

from matching.benchmark.catalogue.texts import Say
from matching.benchmark.machine import ratio, seconds_of
from matching.domain.index import indexing
from matching.domain.sweeping import TECHNOLOGIES_AT_ONCE
from matching.domain.texts.indexed_texts import readable_stretches, vector_texts
from matching.embedding import get_embedder
from matching.models import IndexRecord, Technology


def measure(*, technologies: int, say: Say) -> dict[str, Any]:
    """One process, as one worker indexes a catalogue: some technologies at a time."""
    ids = list(Technology.objects.published().order_by("id").values_list("id", flat=True)[:technologies])
    IndexRecord.objects.filter(technology__in=ids).delete()
    batches = [ids[start : start + TECHNOLOGIES_AT_ONCE] for start in range(0, len(ids), TECHNOLOGIES_AT_ONCE)]
    alone = ours = 0.0
    count = 0
    # In turn, so that both have the same machine.
    for done, batch in enumerate(batches, start=1):
        wholes, passages = _texts(batch)
        alone += seconds_of(partial(_encode, wholes, passages))[0]
        ours += seconds_of(partial(indexing.index_technologies, technology_ids=batch))[0]
        count += len(wholes) + len(passages)
        if done % 5 == 0:
            say(f"indexing: {done} of {len(batches)} batches")
    return {
        "technologies": len(ids),
        "texts": count,
        "texts_per_second_per_core": round(count / ours, 1) if ours else None,
        "encoder_alone_texts_per_second": round(count / alone, 1) if alone else None,
        "share_of_encoder_alone": ratio(alone, ours),
    }


def _encode(wholes: list[str], passages: list[str]) -> None:
    get_embedder().encode_wholes(wholes)
    get_embedder().encode(passages)


def _texts(ids: list[int]) -> tuple[list[str], list[str]]:
    """What has to be encoded for these technologies, each text once."""
    technologies = Technology.objects.filter(id__in=ids).prefetch_related("texts")
    cut = [piece for each in technologies for piece in vector_texts(readable_stretches(each))]
    wholes = list(dict.fromkeys(piece.text for piece in cut if not piece.position))
    return wholes, list(dict.fromkeys(piece.text for piece in cut if piece.position))
