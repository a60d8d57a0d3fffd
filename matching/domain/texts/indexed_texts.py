"""A text as it is indexed: which stretches who may read, and what gets a vector of its own."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from matching.enums import Audience
from matching.models import Technology
from matching.scoring.language.text import normalise, passages

MOST_PASSAGES = 200


@dataclass(frozen=True)
class ReadableStretch:
    """A stretch of one language version that one audience may read."""

    language: str
    audience: Audience
    text: str


@dataclass(frozen=True)
class VectorText:
    """What gets a vector of its own: at position 0 the whole text, then its passages."""

    language: str
    audience: Audience
    position: int
    text: str
    # Of a whole text whose vector is not that of the text as one: what it is made of.
    weighed: str = ""

    @property
    def key(self) -> tuple[bool, str]:
        return (not self.position, text_hash(self.weighed or self.text))


def digest_of(encoder: str, stretches: Sequence[ReadableStretch], besides: str = "") -> str:
    """Whether a row's text is the one that its record was made from. Spelled out: stored ones must go on fitting."""
    told = ", ".join(f"Part(language={s.language!r}, audience={s.audience!r}, text={s.text!r})" for s in stretches)
    return hashlib.sha256(f"({encoder!r}, [{told}]){besides}".encode()).hexdigest()


def readable_stretches(technology: Technology) -> list[ReadableStretch]:
    """Title and summary are everybody's; the rest belongs to the profile's own audience."""
    stretches = []
    for text in technology.texts.all():
        details = (text.description, text.advantages, text.sought)
        for audience, fields in (
            (Audience.PUBLIC, (text.title, text.summary)),
            (technology.details_audience, details),
        ):
            stretches += [ReadableStretch(text.language, audience, clean) for clean in map(normalise, fields) if clean]
    return stretches


def vector_texts(stretches: Sequence[ReadableStretch]) -> list[VectorText]:
    """For each language: the whole of what an audience reads at position 0, then its passages."""
    found: list[VectorText] = []
    for language in dict.fromkeys(stretch.language for stretch in stretches):
        seen: set[str] = set()
        texts: list[str] = []
        for audience in sorted({stretch.audience for stretch in stretches if stretch.language == language}):
            own = [p.text for p in stretches if (p.language, p.audience) == (language, audience)]
            texts = without_repeats([*texts, *own])
            cut = [piece for text in without_repeats(own) for piece in passages(text)]
            fresh = [piece for piece in dict.fromkeys(cut) if piece not in seen][:MOST_PASSAGES]
            seen.update(fresh)
            found.append(VectorText(language, audience, 0, "\n".join(texts)))
            found += [VectorText(language, audience, i, piece) for i, piece in enumerate(fresh, start=1)]
    return found


def without_repeats(texts: Sequence[str]) -> list[str]:
    """Without a text that another one contains: a title made of the first words says nothing new."""
    return [
        text
        for i, text in enumerate(texts)
        if not any(text in other and (text != other or i > j) for j, other in enumerate(texts) if i != j)
    ]


def text_hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
