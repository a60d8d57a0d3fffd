"""An encoder for tests of everything but meaning: texts that share words lie near each other."""

import zlib
from collections.abc import Sequence

import numpy as np

from matching.embedding import Vectors


class FakeEmbedder:
    name = "fake"
    dimension = 32

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row] += np.random.default_rng(zlib.crc32(word.encode())).normal(size=self.dimension)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-9)

    def encode_wholes(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts)
