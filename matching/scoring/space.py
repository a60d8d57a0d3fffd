"""The space in which raw vectors become comparable.

Texts of one language, or of one side, share a direction that says "Russian" or "demand" and
nothing about technology: the mean of each group is subtracted. Directions along which all texts
vary much say little about a single one: they are damped. What was tried is in docs/scoring.md.

The vector of a whole text may be those of two encoders, one after the other: the first part is of
the encoder that passages have too, and only that one is damped. Both count the same.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from matching.scoring.types import Vector, Vectors

KINDS = ("whole", "passage")
# How many texts the shipped sentences weigh as much as, when a group's mean is taken.
PRIOR_TEXTS = 5
# Below this many passages the shape of the cloud says more about the sample than about language.
DAMPING_PRIOR = 1_000
DAMPING_FLOOR = 2.0
DAMPING_POWER = 0.25


@dataclass(frozen=True)
class Space:
    # Whose vectors it is for; no part of its contents.
    encoder: str = field(default="", kw_only=True)
    means: Mapping[str, Vector]
    damping: Vectors
    # How much longer the first encoder's centred vectors usually are than the second's.
    second_scale: float = 1.0

    @property
    def version(self) -> str:
        return hashlib.sha256(self.dump()).hexdigest()[:8]

    def knows(self, side: str, kind: str, language: str) -> bool:
        """Whether texts of this group can be placed: a space kept from before there were such texts has no mean."""
        return group(side, kind, language) in self.means

    def mean(self, side: str, kind: str, language: str) -> Vector:
        return self.means[group(side, kind, language)]

    def place(self, vectors: Vectors, *, side: str, kind: str, language: str) -> Vectors:
        """Rows of length 1; a row of zeros (a text that says nothing) stays zero."""
        has_meaning = np.any(vectors, axis=1, keepdims=True)
        centred = (vectors - self.mean(side, kind, language)) * has_meaning
        first = _of_length_1(centred[:, : len(self.damping)] @ self.damping)
        second = _of_length_1(centred[:, len(self.damping) :])
        return _of_length_1(np.hstack([first, second]))

    def probe(self, placed: Vector, kind: str) -> Vector:
        """The vector whose inner product with a raw one is that of the two placed ones, but for length.

        For a whole text of two encoders each part is divided by the length it usually has.
        """
        size = len(self.damping)
        first, second = placed[:size] @ self.damping, placed[size:] if kind == "whole" else placed[:0]
        return cast(Vector, np.concatenate([first, second * self.second_scale]).astype(np.float32))

    def dump(self) -> bytes:
        buffer = io.BytesIO()
        for name in sorted(self.means):
            buffer.write(name.encode() + b"\0")
            np.save(buffer, self.means[name].astype(np.float32), allow_pickle=False)
        buffer.write(b"\0")
        np.save(buffer, self.damping.astype(np.float32), allow_pickle=False)
        # Left out where there is no second encoder, as in spaces kept from before there was one.
        if self.second_scale != 1.0:
            np.save(buffer, np.float32(self.second_scale), allow_pickle=False)
        return buffer.getvalue()

    @classmethod
    def load(cls, data: bytes) -> "Space":
        buffer = io.BytesIO(data)
        means: dict[str, Vector] = {}
        while name := _read_name(buffer):
            means[name] = np.load(buffer, allow_pickle=False)
        matrix = np.load(buffer, allow_pickle=False)
        has_second = buffer.tell() < len(data)
        return cls(means, matrix, float(np.load(buffer, allow_pickle=False)) if has_second else 1.0)


def _of_length_1(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return cast(Vectors, (vectors / np.maximum(lengths, 1e-9)).astype(np.float32))


def _read_name(buffer: io.BytesIO) -> str:
    name = bytearray()
    while (byte := buffer.read(1)) not in (b"\0", b""):
        name += byte
    return name.decode()


def group(side: str, kind: str, language: str) -> str:
    return f"{side}.{kind}.{language}"


def shrunk_mean(mean: Vector | None, count: int, prior: Vector) -> Vector:
    if mean is None or not count:
        return prior
    return cast(Vector, ((count * mean + PRIOR_TEXTS * prior) / (count + PRIOR_TEXTS)).astype(np.float32))


def second_scale(wholes: Mapping[str, Vectors], means: Mapping[str, Vector], damped: Vectors) -> float:
    """Of offers' whole texts: usual length of the first encoder's part over that of the second's."""
    centred = np.vstack([wholes[name] - means[name] for name in wholes if name.startswith("offer.whole.")])
    first, second = centred[:, : len(damped)] @ damped, centred[:, len(damped) :]
    if not second.shape[1]:
        return 1.0
    lengths = [float(np.linalg.norm(part, axis=1).mean()) for part in (first, second)]
    return round(lengths[0] / max(lengths[1], 1e-9), 4)


def damping(centred: Vectors, dimension: int) -> Vectors:
    """A symmetric matrix that shortens the directions in which all of `centred` vary much."""
    count = len(centred)
    if not count:
        return np.eye(dimension, dtype=np.float32)
    spread = (centred.T @ centred).astype(np.float64) / count
    average = max(np.trace(spread) / dimension, 1e-12)
    spread = (count * spread + DAMPING_PRIOR * average * np.eye(dimension)) / (count + DAMPING_PRIOR)
    values, directions = np.linalg.eigh(spread)
    relative = (np.maximum(values, 0) / average + DAMPING_FLOOR) / (1 + DAMPING_FLOOR)
    return cast(Vectors, ((directions * relative**-DAMPING_POWER) @ directions.T).astype(np.float32))
