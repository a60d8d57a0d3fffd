"""Technologies like the one on a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.cache import cache

from kr_ru_platform.words.languages import reader_language
from matching.domain.finding.candidates import is_distinctive, placed_texts, rarities
from matching.domain.finding.nearest import neighbours
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.embedding import EncoderUnavailableError
from matching.enums import Audience
from matching.models import IndexRecord, Technology
from matching.scoring.language.notions import PREFIX as NOTION
from matching.scoring.language.notions import shipped
from matching.scoring.language.shared_terms import lexemes_of, surfaces_of, weight_of
from matching.scoring.space import Space
from matching.scoring.types import Vector

SHOWN = 5
# Compared exactly, of those that lie nearest.
CLOSELY = 30
# How these were chosen is told in docs/scoring.md. The mean of two encoders is smaller.
LEAST_SIMILAR, LEAST_SIMILAR_OF_TWO = 0.35, 0.25
REMEMBERED_SECONDS = 3600
SHOWN_TERMS = 3
FORMULA = "x:"


@dataclass(frozen=True)
class SimilarTerm:
    word: str
    language: str


@dataclass(frozen=True)
class SimilarTechnology:
    technology: Technology
    terms: list[SimilarTerm]


def similar_technologies(*, technology: Technology, audience: Audience) -> list[SimilarTechnology]:
    """Published technologies like this one, as far as this audience may read both. Prefetch its `texts`.

    What was found is remembered for a while; whatever has changed since is never shown from memory.
    """
    key = f"similar:{technology.pk}:{technology.revision}:{int(audience)}"
    found = cache.get(key)
    rows = _still_so(found) if found is not None else None
    if rows is None:
        found = _found(technology, audience)
        rows = _still_so(found) if found else None
        if found is not None:
            cache.set(key, found, REMEMBERED_SECONDS)
    return [SimilarTechnology(row, _terms(row, weights, audience)) for row, weights in rows or ()]


def _still_so(found: Sequence[Any]) -> list[tuple[Technology, dict[str, float]]] | None:
    """The technologies themselves; None when one of them is no longer what was compared."""
    ids = [technology_id for technology_id, _, _ in found]
    rows = Technology.objects.published().with_texts().in_bulk(ids) if ids else {}
    if any(pk not in rows or rows[pk].revision != revision for pk, revision, _ in found):
        return None
    return [(rows[pk], weights) for pk, _, weights in found]


def _found(technology: Technology, audience: Audience) -> list[tuple[int, int, dict[str, float]]] | None:
    """(id, revision, weights of the shared lexemes) of each; None while the index is not ready for it."""
    encoder = index_encoder()
    if not IndexRecord.objects.filter(technology=technology, encoder=encoder, revision=technology.revision).exists():
        return None
    try:
        space = current_space(encoder)
    except EncoderUnavailableError:
        return None
    texts, vectors = placed_texts([technology.pk], kind="whole", space=space, audience=audience)
    # In each language the last one is the fullest. Versions of one text lie close together: their
    # middle speaks for all.
    fullest = dict(zip(texts, vectors, strict=True))
    middle = np.sum(list(fullest.values()), axis=0)
    length = float(np.linalg.norm(middle))
    if not length:
        return []
    near = _nearest(space, middle / length, technology, audience)
    rows = Technology.objects.published().with_texts().in_bulk(near)
    return _with_terms(technology, [rows[pk] for pk in near if pk in rows], audience)


def _nearest(space: Space, middle: Vector, technology: Technology, audience: Audience) -> list[int]:
    ids = neighbours(space, middle, kind="whole", limit=CLOSELY, audience=audience)
    owners, vectors = placed_texts(ids, kind="whole", space=space, audience=audience)
    best: dict[int, float] = {}
    for (owner, _), similarity in zip(owners, (vectors @ middle).tolist(), strict=True):
        best[owner] = max(similarity, best.get(owner, -1.0))
    best.pop(technology.pk, None)
    least = LEAST_SIMILAR_OF_TWO if len(middle) > len(space.damping) else LEAST_SIMILAR
    order = sorted(best, key=lambda pk: (-best[pk], pk))
    return [pk for pk in order if best[pk] >= least][:SHOWN]


def _with_terms(
    technology: Technology, rows: Sequence[Technology], audience: Audience
) -> list[tuple[int, int, dict[str, float]]]:
    own = _keys(technology, audience)
    shared = {row.pk: own & _keys(row, audience) for row in rows}
    counted = {lexeme for keys in shared.values() for key in keys for lexeme in lexemes_of(key)}
    rarity = rarities(counted, audience=audience) if counted else {}
    weights = {key: weight_of(key, rarity) for keys in shared.values() for key in keys}
    return [(row.pk, row.revision, {x: weights[x] for x in shared[row.pk] if weights[x] > 0}) for row in rows]


def _readable(technology: Technology, audience: Audience) -> Iterable[tuple[str, str]]:
    """Language and text of all that this audience may read, in the reader's own language first."""
    shown = technology.text
    for text in sorted(technology.texts.all(), key=lambda text: (text != shown, text.language)):
        yield text.language, f"{text.title}\n{text.summary}"
        if audience >= technology.details_audience:
            yield text.language, f"{text.description}\n{text.advantages}\n{text.sought}"


def _keys(technology: Technology, audience: Audience) -> set[str]:
    """What a reader would accept as a term of both, by `scoring/language/shared_terms.py`."""
    surfaces = (surfaces_of(text) for _, text in _readable(technology, audience))
    return {key for of in surfaces for key, surface in of.items() if surface.is_sure and is_distinctive(key)}


def _terms(technology: Technology, weights: dict[str, float], audience: Audience) -> list[SimilarTerm]:
    """What both texts speak of, most telling first: notions in the reader's language and formulas, else words."""
    language = reader_language()
    found: dict[str, tuple[float, SimilarTerm]] = {}
    for lexeme, weight in weights.items():
        if notion := shipped().by_key.get(lexeme.removeprefix(NOTION)) if lexeme.startswith(NOTION) else None:
            found[lexeme] = (weight, SimilarTerm(notion.name(language), language))
    for lexeme, entry in _words(technology, weights, audience).items():
        if lexeme.startswith(FORMULA) or not any(key.startswith(NOTION) for key in found):
            found[lexeme] = entry
    best = sorted(found.values(), key=lambda entry: (-entry[0], entry[1].word))
    return [term for _, term in best[:SHOWN_TERMS]]


def _words(
    technology: Technology, weights: dict[str, float], audience: Audience
) -> dict[str, tuple[float, SimilarTerm]]:
    """Shared words as this technology's text writes them."""
    found: dict[str, tuple[float, SimilarTerm]] = {}
    for language, text in _readable(technology, audience) if weights else ():
        for key, surface in surfaces_of(text).items():
            if key in weights and not key.startswith(NOTION):
                found.setdefault(key, (weights[key], SimilarTerm(surface.text, language)))
    return found
