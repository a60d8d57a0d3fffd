"""What could be asked of a company whose need nothing fits: what the nearest technologies differ in.

Only what everybody may read of them is used: facts, titles and summaries.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kr_ru_platform.words.languages import reader_language
from matching.enums import Field
from matching.models import CompanyNeed, Technology
from matching.scoring.language.general_words import NOTIONS
from matching.scoring.language.notions import shipped

NEAREST = 10
NAMED = 4
# Readiness so far apart says that the nearest are of different kinds.
LEVELS_APART = 2


@dataclass(frozen=True)
class Question:
    """`choices`: codes of fields, two levels of readiness, or notions in the reader's language."""

    about: Literal["field", "readiness", "notions"]
    choices: Sequence[str | int]


def questions_about(need: CompanyNeed, nearest: Sequence[Technology]) -> list[Question]:
    """At most three; `nearest` with their texts, the nearest first."""
    nearest = nearest[:NEAREST]
    asked = (_field(need, nearest), _readiness(need, nearest), _notions(need, nearest))
    return [question for question in asked if question]


def _field(need: CompanyNeed, nearest: Sequence[Technology]) -> Question | None:
    fields = Counter(row.field for row in nearest if row.field not in ("", Field.OTHER))
    if need.field not in ("", Field.OTHER) or len(fields) < 2:
        return None
    return Question("field", [field for field, _ in fields.most_common(NAMED)])


def _readiness(need: CompanyNeed, nearest: Sequence[Technology]) -> Question | None:
    levels = [row.trl for row in nearest if row.trl is not None]
    if need.minimum_trl is not None or not levels or max(levels) - min(levels) < LEVELS_APART:
        return None
    return Question("readiness", [min(levels), max(levels)])


def _notions(need: CompanyNeed, nearest: Sequence[Technology]) -> Question | None:
    """What some of them name and the need does not: first what two name, among those the nearest one's."""
    finder = shipped()
    own = {*finder.keys("\n".join(need.own_texts)), *NOTIONS}
    named: Counter[str] = Counter()
    for row in nearest:
        if text := row.text:
            named.update(key for key in finder.keys(f"{text.title}\n{text.summary}") if key not in own)
    telling = [(key, count) for key, count in named.items() if count <= len(nearest) / 2]
    chosen = sorted(telling, key=lambda found: -min(found[1], 2))[:NAMED]
    names = dict.fromkeys(finder.by_key[key].name(reader_language()) for key, _ in chosen)
    return Question("notions", [*names]) if names else None
