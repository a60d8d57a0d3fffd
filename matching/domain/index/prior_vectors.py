"""Vectors of the shipped sentences, kept one by one as they are made.

On a slow machine the first space takes longer than a task may; the next try goes on where this one
was cut off. The cache is enough: what is lost with it is made again.
"""

import hashlib

import numpy as np
from django.core.cache import cache

from matching.embedding import Embedder
from matching.scoring.types import Vectors

# So little is lost when a task is cut off.
AT_ONCE = 4


def vectors_of_priors(embedder: Embedder, kind: str, texts: tuple[str, ...]) -> Vectors:
    """Rows of `embedder` for passages or whole texts, in the order of the texts."""
    keys = {text: _key(f"{embedder.name}|{embedder.dimension}", kind, text) for text in texts}
    known = {text: np.frombuffer(kept, dtype=np.float32) for text, key in keys.items() if (kept := cache.get(key))}
    missing = [text for text in texts if text not in known]
    encode = embedder.encode if kind == "passage" else embedder.encode_wholes
    for start in range(0, len(missing), AT_ONCE):
        few = missing[start : start + AT_ONCE]
        for text, vector in zip(few, encode(few), strict=True):
            known[text] = vector
            cache.set(keys[text], vector.astype(np.float32).tobytes(), timeout=None)
    return np.stack([known[text] for text in texts])


def _key(encoder: str, kind: str, text: str) -> str:
    return "prior-" + hashlib.sha256(f"{encoder}\n{kind}\n{text}".encode()).hexdigest()
