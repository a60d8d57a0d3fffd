"""What a new process loads before the first person waits for it."""

import logging

from django.core.cache import cache

from matching.domain.index.need_telling import sentence_model
from matching.embedding import EncoderUnavailableError, get_embedder

logger = logging.getLogger(__name__)

# Longer than large encoders take for the shipped sentences; a process that ended in between leaves the work to the
# next one, or to the first need.
SECONDS_OF_FITTING = 600


def warm_up() -> None:
    """Load the encoder and what tells a need from other sentences; a failure is logged, not raised.

    On a new installation the shipped sentences have to be encoded, some ten seconds of a core: by one process, whose
    vectors all others find in the cache.
    """
    try:
        embedder = get_embedder()
    except EncoderUnavailableError:
        logger.exception("The encoder is not available; search answers by words only.")
        return
    key = f"warming-up-{embedder.name}"
    if not cache.add(key, True, timeout=SECONDS_OF_FITTING):
        return
    try:
        sentence_model(embedder)
    finally:
        cache.delete(key)
