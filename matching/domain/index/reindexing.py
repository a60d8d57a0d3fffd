"""From one encoder to another: the new index grows beside the old one, which answers until the new one is complete.

The only writer of IndexState.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.index_names import IndexName
from matching.domain.index.indexing import OWNERS, configured_encoder, stale
from matching.embedding import EncoderUnavailableError, get_embedder
from matching.models import EmbeddingSpace, IndexRecord, IndexState


def take_stock() -> None:
    """Note which index answers, which one is wanted, and whether the configured encoder can be had."""
    configured = configured_encoder()
    state, _ = IndexState.objects.get_or_create(id=1, defaults={"encoder": configured})
    # Before the encoder is loaded, which may take a while.
    _note(state, building="" if state.encoder == configured else configured)
    try:
        dimension = get_embedder().dimension
    except EncoderUnavailableError as error:
        _note(state, problem=str(error))
        return
    vectors = IndexName.read(configured).vectors
    known = state.dimensions.get(vectors, dimension)
    if known != dimension:
        _set_aside(vectors, known)
        state.refresh_from_db()
        _note(state, building="" if state.encoder == configured else configured)
    _note(state, problem="", dimensions={**state.dimensions, vectors: dimension})


def _note(state: IndexState, **noted: Any) -> None:
    if any(getattr(state, name) != value for name, value in noted.items()):
        IndexState.objects.filter(id=1).update(**noted)


@transaction.atomic
def _set_aside(vectors: str, dimension: int) -> None:
    """A model was replaced under its old name: its old indexes keep their vectors under a name of their own."""
    mark = f"|{dimension}|{timezone.now():%y%m%d%H%M%S}"
    for model in (IndexRecord, EmbeddingSpace, IndexState):
        encoders: set[str] = set(model.objects.values_list("encoder", flat=True).distinct().order_by())
        for encoder in encoders:
            index = IndexName.read(encoder)
            if index.vectors == vectors:
                aside = replace(index, encoder=f"{index.encoder}{mark}")
                model.objects.filter(encoder=encoder).update(encoder=str(aside))


def is_complete(encoder: str) -> bool:
    """Everything has been read with it, but for what cannot be."""
    return not any(stale(owner=owner, encoder=encoder).filter(failures=0).exists() for owner in OWNERS)


def switch(*, encoder: str) -> None:
    """From now on this index answers; every score is stale by that, and mended by the worker."""
    refresh_space(encoder=encoder)
    IndexState.objects.filter(id=1).update(encoder=encoder, building="", complete_at=timezone.now())
