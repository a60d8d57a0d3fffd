"""What two texts have in common, marked in both: the words of `shared_terms.py`, so that marks and lists agree."""

from matching.scoring.language.shared_terms import NamedTerm, terms_of
from matching.scoring.language.text import in_pieces

Piece = tuple[str, bool]


def marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those that name something that the other names too marked."""
    first, second = list(terms_of(one)), list(terms_of(other))
    sure = {term.key for term in (*first, *second) if term.is_sure}
    shared = {term.key for term in first} & {term.key for term in second} & sure
    return _pieces(one, first, shared), _pieces(other, second, shared)


def _pieces(text: str, terms: list[NamedTerm], shared: set[str]) -> list[Piece]:
    return in_pieces(text, ((term.start, term.end) for term in terms if term.key in shared))
