"""What two texts have in common, marked in both: notions of the list of terms, words, formulas."""

from matching.scoring.notions import shipped
from matching.scoring.text import in_pieces, words_with_places

Piece = tuple[str, bool]
Span = tuple[int, int]


def marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those that name something that the other names too marked."""
    first, second = _places(one), _places(other)
    shared = first.keys() & second.keys()
    return _pieces(one, first, shared), _pieces(other, second, shared)


def _places(text: str) -> dict[str, list[Span]]:
    """Notion or lexeme → where it stands."""
    found: dict[str, list[Span]] = {}
    for notion in shipped().find(text):
        found.setdefault(notion.key, []).append((notion.start, notion.end))
    for lexeme, start, end in words_with_places(text):
        found.setdefault(lexeme, []).append((start, end))
    return found


def _pieces(text: str, places: dict[str, list[Span]], shared: set[str]) -> list[Piece]:
    return in_pieces(text, (span for key in shared for span in places[key]))
