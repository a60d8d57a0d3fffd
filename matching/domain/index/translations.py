"""Needs said again in the words of other languages, with vectors. Stored by indexing.py with the rest of the index."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matching.domain.index.index_names import IndexName
from matching.domain.texts.indexed_texts import ReadableStretch, text_hash
from matching.embedding import Embedder
from matching.models import IndexRecord, PseudoTranslation
from matching.scoring.language.pseudo_translation import PseudoTranslation as TranslatedText
from matching.scoring.language.pseudo_translation import pseudo_translations


def translated_texts(stretches: Sequence[ReadableStretch]) -> list[TranslatedText]:
    """None of a need that says nothing, or too little."""
    text = "\n".join(stretch.text for stretch in stretches)
    return pseudo_translations(text, stretches[0].language) if stretches else []


def translations_of(
    texts: Sequence[TranslatedText], *, owner: Mapping[str, Any], encoder: str, embedder: Callable[[], Embedder]
) -> list[PseudoTranslation]:
    """Rows without a record; what was encoded before, for this index or one with the same vectors, is taken over."""
    known = {(row.language, row.text_hash): row for row in _known(owner, encoder)}
    found = []
    for text in texts:
        hashed = text_hash(text.mix)
        row = known.get((text.language, hashed))
        if row is None:
            mix, names = embedder().encode_wholes([text.mix, text.names])
            row = PseudoTranslation(mix=mix, names=names)
        found.append(PseudoTranslation(language=text.language, text_hash=hashed, mix=row.mix, names=row.names))
    return found


def _known(owner: Mapping[str, Any], encoder: str) -> list[PseudoTranslation]:
    vectors = IndexName.read(encoder).vectors
    records = IndexRecord.objects.filter(**owner).values_list("id", "encoder")
    alike = [pk for pk, other in records if IndexName.read(other).vectors == vectors]
    return list(PseudoTranslation.objects.filter(record__in=alike))
