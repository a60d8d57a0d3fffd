"""The public teaser of a profile, its title and summary, and what a protected profile may not repeat in it."""

from collections.abc import Iterable

from kr_ru_platform.saving.errors import MoveNotAllowedError, Refusal
from matching.domain.texts.plain_text import first_sentences
from matching.enums import DisclosureLevel, TechnologyRefusal
from matching.models import Technology, TechnologyText

TITLE_LIMIT, SUMMARY_LIMIT = 150, 400
REFUSALS = {"summary": TechnologyRefusal.SUMMARY_REPEATS, "title": TechnologyRefusal.TITLE_REPEATS}


class TeaserRepeatsError(MoveNotAllowedError):
    """Everybody would read what only some may; `part` is what has to be written anew: summary or title."""

    def __init__(self, row: Technology, part: str, refusal: Refusal) -> None:
        super().__init__(row, refusal=refusal)
        self.part = part


def derived_title(text: str) -> str:
    return " ".join(first_sentences(text, TITLE_LIMIT).split())


def derived_summary(description: str) -> str:
    return first_sentences(description, SUMMARY_LIMIT)


def repeating_parts(text: TechnologyText) -> set[str]:
    """Which of summary and title are word for word what an import would make from the description."""
    made = {"title": derived_title(text.description), "summary": derived_summary(text.description)}
    return {name for name, value in made.items() if value and _words(getattr(text, name)) == _words(value)}


def refusal_of_teaser(level: str, texts: Iterable[TechnologyText]) -> Refusal | None:
    """Why a profile of this level may not be shown with these texts; None when it may."""
    found = _repetition(level, texts)
    return found[1] if found else None


def refuse_repetition(technology: Technology, level: str, texts: Iterable[TechnologyText]) -> None:
    if found := _repetition(level, texts):
        raise TeaserRepeatsError(technology, *found)


def _repetition(level: str, texts: Iterable[TechnologyText]) -> tuple[str, Refusal] | None:
    if level == DisclosureLevel.PUBLIC:
        return None
    parts = {text.get_language_display(): repeating_parts(text) for text in texts}
    for part, code in REFUSALS.items():
        if languages := [language for language, repeating in parts.items() if part in repeating]:
            return part, Refusal(code, {"language": ", ".join(map(str, languages))})
    return None


def _words(text: str) -> str:
    return " ".join(text.split())
