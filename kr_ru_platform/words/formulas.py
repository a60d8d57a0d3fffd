"""Texts that a spreadsheet program would run instead of showing them."""

import unicodedata

SIGNS = ("=", "+", "-", "@")


def runs_as_formula(text: str) -> bool:
    """Whatever width its sign has, and whatever nobody sees stands before it."""
    if text[:1] in ("\t", "\r"):
        return True
    seen = "".join(sign for sign in text[:200] if unicodedata.category(sign) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", seen).lstrip().startswith(SIGNS)
