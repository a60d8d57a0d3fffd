"""Keys of rows and numbers of revisions as they come in addresses and forms: from anybody, and anything."""

# Seventeen digits are less than the largest key that a row can have.
MOST_DIGITS = 17


def as_id(text: str | None) -> int | None:
    """None for what is no key: filtered by it, no row is found."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
