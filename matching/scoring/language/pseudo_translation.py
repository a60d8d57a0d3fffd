"""A need said again in the words of another language, as far as the list of terms knows them.

Encoders place a Korean and a Russian text about one thing less surely side by side than two Russian ones. So the
notions that a need names are written down by their usual terms in the documents' language, in the order of the text:
`names`. Read behind the need's own words they are its `mix`. What both are worth was measured: docs/scoring.md.
"""

from dataclasses import dataclass

from matching.scoring.language.notions import shipped
from matching.scoring.language.text import LANGUAGES

# One notion alone says less than the sentence around it, and more often something else.
FEWEST_NOTIONS = 2


@dataclass(frozen=True)
class PseudoTranslation:
    """`language` is that of the documents it is for."""

    language: str
    names: str
    mix: str


def pseudo_translations(text: str, language: str) -> list[PseudoTranslation]:
    """For each language but the text's own; none where the text names too little."""
    keys = shipped().keys(text)
    if len(keys) < FEWEST_NOTIONS:
        return []
    notions = [shipped().by_key[key] for key in keys]
    found = []
    for other in LANGUAGES:
        if other != language:
            names = ", ".join(dict.fromkeys(notion.name(other) for notion in notions))
            found.append(PseudoTranslation(other, names, f"{text}\n{names}"))
    return found
