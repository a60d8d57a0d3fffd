"""From one encoder to another: the new index grows beside the old one, which answers until the new one is complete.

The only writer of IndexState.
"""

from django.db import transaction
from django.utils import timezone

from matching.domain.indexing import OWNERS, configured_encoder, index_encoder, stale
from matching.domain.spaces import refresh_space
from matching.embedding import EncoderUnavailableError, get_embedder
from matching.models import EmbeddingSpace, IndexRecord, IndexState


def take_stock() -> None:
    """Note which index answers, which one is wanted, and whether the configured encoder can be had."""
    configured = configured_encoder()
    state, _ = IndexState.objects.get_or_create(id=1, defaults={"encoder": configured})
    problem, dimensions = "", state.dimensions
    try:
        dimension = get_embedder().dimension
        if dimensions.get(configured, dimension) != dimension:
            _set_aside(configured, dimensions[configured])
        dimensions = {**dimensions, configured: dimension}
    except EncoderUnavailableError as error:
        problem = str(error)
    building = "" if index_encoder() == configured else configured
    if (state.building, state.problem, state.dimensions) != (building, problem, dimensions):
        IndexState.objects.filter(id=1).update(building=building, problem=problem, dimensions=dimensions)


@transaction.atomic
def _set_aside(encoder: str, dimension: int) -> None:
    """A model was replaced under its old name: the old index keeps answering under a name of its own."""
    name, _, version = encoder.rpartition("/")
    old = f"{name}|{dimension}|{timezone.now():%y%m%d%H%M%S}/{version}"
    IndexRecord.objects.filter(encoder=encoder).update(encoder=old)
    EmbeddingSpace.objects.filter(encoder=encoder).update(encoder=old)
    IndexState.objects.filter(encoder=encoder).update(encoder=old)


def is_complete(encoder: str) -> bool:
    """Everything has been read with it, but for what cannot be."""
    return not any(stale(owner=owner, encoder=encoder).filter(failures=0).exists() for owner in OWNERS)


def switch(*, encoder: str) -> None:
    """From now on this index answers; every score is stale by that, and mended by the worker."""
    refresh_space(encoder=encoder)
    IndexState.objects.filter(id=1).update(encoder=encoder, building="", complete_at=timezone.now())
