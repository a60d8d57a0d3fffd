"""Texts and facts of a load: combined from real texts and varied; the same seed makes the same ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.benchmark.catalogue.texts import Document, Encoded
from matching.enums import Audience, DisclosureLevel, Field, TransferMode
from matching.scoring.types import Vectors

# Where a group of documents is missing, the others take its share.
SHARES = {("offer", "ru"): 0.5, ("offer", "en"): 0.3, ("demand", "ko"): 0.15, ("profile", "ru"): 0.05}
OTHER_SHARE = 0.05
PASSAGES = (6, 12)
PUBLIC_PASSAGES = 2
DISCLOSURES = ((DisclosureLevel.PUBLIC, 0.4), (DisclosureLevel.MEMBERS, 0.45), (DisclosureLevel.NDA, 0.15))
# Length of the noise beside a vector of length 1: keeps equal sentences from being exactly equal.
NOISE = 0.05


@dataclass(frozen=True)
class MixedRow:
    """What a technology or demand is made of: rows of the encoded texts, by audience."""

    language: str
    title: int
    texts: dict[Audience, list[int]]
    parents: list[int]


class Mix:
    """Draws and combines, always in the same order for the same seed."""

    def __init__(self, encoded: Encoded, seed: int) -> None:
        self.encoded = encoded
        self.random = np.random.default_rng(seed)

    def drawn(self, groups: dict[tuple[str, str], list[int]], count: int) -> list[tuple[str, str]]:
        names = sorted(groups)
        shares = np.array([SHARES.get(name, OTHER_SHARE) for name in names])
        return [names[i] for i in self.random.choice(len(names), size=count, p=shares / shares.sum())]

    def disclosure(self) -> DisclosureLevel:
        shares = [share for _, share in DISCLOSURES]
        return DISCLOSURES[int(self.random.choice(len(shares), p=shares))][0]

    def facts(self, readiness: str) -> dict[str, Any]:
        """Facts are drawn: the real texts have none."""
        trl = int(self.random.integers(0, 10))
        modes = self.random.choice(list(TransferMode), size=int(self.random.integers(0, 4)), replace=False)
        return {
            "field": str(self.random.choice(list(Field))),
            readiness: trl or None,
            "transfer_modes": [str(mode) for mode in modes],
        }

    def combined(
        self,
        ids: Sequence[int],
        language: str,
        details: Audience,
        *,
        public: int = PUBLIC_PASSAGES,
        passages: tuple[int, int] = PASSAGES,
    ) -> MixedRow:
        """A stretch of each of two or three documents of one kind and language."""
        size = min(len(ids), int(self.random.integers(2, 4)))
        parents = [ids[i] for i in self.random.choice(len(ids), size=size, replace=False)]
        share = -(-int(self.random.integers(passages[0], passages[1] + 1)) // size)
        documents: list[Document] = [self.encoded.documents[i] for i in parents]
        chosen = []
        for each in documents:
            start = int(self.random.integers(0, max(1, len(each.passages) - share + 1)))
            chosen += each.passages[start : start + share]
        rows = list(dict.fromkeys(self.encoded.row_of[text] for text in chosen))
        title = self.encoded.row_of[documents[0].title]
        rows = [row for row in rows if row != title]
        texts = {Audience.PUBLIC: [title, *rows[:public]]} if public else {}
        texts[details] = [*texts.get(details, [] if public else [title]), *rows[public:]]
        return MixedRow(language, title, texts, parents)

    def with_noise(self, vectors: Vectors) -> Iterator[bytes]:
        """With a little noise, in the form in which PostgreSQL reads half precision."""
        noise = self.random.standard_normal(vectors.shape, dtype=np.float32) * (NOISE / np.sqrt(vectors.shape[1]))
        data = (vectors + noise).astype(">f2").tobytes()
        size = 2 * vectors.shape[1]
        return (data[at : at + size] for at in range(0, len(data), size))
