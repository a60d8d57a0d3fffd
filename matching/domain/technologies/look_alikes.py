"""Whether what a curator is writing is in the catalogue already."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.contrib.postgres.search import TrigramSimilarity

from kr_ru_platform.words.reading.folding import detect_language
from matching.domain.finding.candidates import placed_texts
from matching.domain.finding.nearest import neighbours
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import embedder_of, index_encoder
from matching.embedding import EncoderUnavailableError
from matching.enums import Audience, Likeness, TechnologyState
from matching.models import Technology, TechnologyText
from matching.scoring.language.text import normalise
from matching.scoring.space import Space
from matching.scoring.types import Vectors

logger = logging.getLogger(__name__)

SHOWN = 5
# Compared exactly, of those that lie nearest.
CLOSELY = 20
# Fewer characters say too little to be compared by meaning.
SHORTEST = 8
# More than fits into either.
LONGEST = 2_000


@dataclass(frozen=True)
class LookAlikeLimits:
    """From where on something is told: similarity in one language, in two, and the title's shared letters."""

    same_language: float
    other_language: float
    title: float


# How these numbers were found is told in docs/scoring.md.
LEAST = {
    Likeness.SAME: LookAlikeLimits(0.90, 0.75, 0.9),
    Likeness.VERY: LookAlikeLimits(0.75, 0.65, 0.7),
    Likeness.SOME: LookAlikeLimits(0.65, 0.60, 0.6),
}
# Whole texts of two encoders: their mean is that much smaller, and keeps copies apart as well.
LOWER_FOR_TWO = 0.15


@dataclass(frozen=True)
class LookAlike:
    technology: Technology
    likeness: Likeness

    @property
    def is_probably_the_same(self) -> bool:
        return self.likeness != Likeness.SOME


def look_alikes(*, title: str, summary: str, language: str) -> list[LookAlike]:
    """Technologies of any state that what is written here may be a second copy of, the likeliest first."""
    title, summary = normalise(title[:LONGEST]), normalise(summary[:LONGEST])
    found: dict[int, tuple[int, float]] = {}
    for technology_id, rank, strength in [*_by_title(title), *_by_meaning(title, summary, language)]:
        found[technology_id] = min(found.get(technology_id, (rank, -strength)), (rank, -strength))
    order = sorted(found, key=lambda technology_id: (found[technology_id], technology_id))[:SHOWN]
    rows = Technology.objects.with_texts().in_bulk(order)
    return [LookAlike(rows[pk], list(LEAST)[found[pk][0]]) for pk in order if pk in rows]


def _by_title(title: str) -> Iterator[tuple[int, int, float]]:
    """(technology, place of its likeness in LEAST, how strong it is)"""
    limits = [least.title for least in LEAST.values()]
    alike = TechnologyText.objects.filter(title__trigram_similar=title)
    alike = alike.annotate(share=TrigramSimilarity("title", title)).filter(share__gte=limits[-1])
    for technology_id, share in alike.order_by("-share", "id").values_list("technology_id", "share")[: 3 * SHOWN]:
        yield technology_id, _rank(share, limits), share


def _by_meaning(title: str, summary: str, language: str) -> Iterator[tuple[int, int, float]]:
    """The same by vectors, in any language. Nothing when the encoder is not to be had."""
    text = f"{title}\n{summary}".strip()
    if len(text) < SHORTEST:
        return
    language = detect_language(text, language)
    try:
        space = current_space(index_encoder())
        vectors = _encoded(space, text, summary, language)
    except EncoderUnavailableError:
        logger.warning("Look-alikes by title only: the encoder is not available.")
        return
    for kind, written in vectors.items():
        ids = neighbours(space, written[0], kind=kind, limit=CLOSELY, states=TechnologyState.values)
        owners, stored = placed_texts(ids, kind=kind, space=space, audience=Audience.CENTRE)
        best = (stored @ written.T).max(axis=1).tolist() if owners else []
        has_two = written.shape[1] > len(space.damping)
        for (technology_id, found_in), similarity in zip(owners, best, strict=True):
            limits = _limits(is_same_language=found_in == language, has_two=has_two)
            if similarity >= limits[-1]:
                yield technology_id, _rank(similarity, limits), similarity


def _encoded(space: Space, text: str, summary: str, language: str) -> dict[str, Vectors]:
    """What is compared with whole texts, and with passages: there the summary alone, too, under another title."""
    embedder = embedder_of(space.encoder)
    raw = {
        "whole": embedder.encode_wholes([text]),
        "passage": embedder.encode(list(filter(None, dict.fromkeys((text, summary))))),
    }
    return {
        kind: space.place(rows, side="offer", kind=kind, language=language)
        for kind, rows in raw.items()
        if np.any(rows[0])
    }


def _limits(*, is_same_language: bool, has_two: bool) -> list[float]:
    lower = LOWER_FOR_TWO if has_two else 0.0
    return [(least.same_language if is_same_language else least.other_language) - lower for least in LEAST.values()]


def _rank(value: float, limits: list[float]) -> int:
    return next(rank for rank, limit in enumerate(limits) if value >= limit)
