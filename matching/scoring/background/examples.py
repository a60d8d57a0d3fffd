"""Sentences by which background about a company is told from its need.

Companies begin with themselves: where they are, since when, how many, what they make, for whom, with which
certificates. Written for this purpose, in three languages and many fields and registers; nobody's data, and without
sight of the queries that the engine is measured on.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matching.scoring.language.text import LANGUAGES

SHIPPED = Path(__file__).parent / "sentences"
KINDS = {"background": False, "need": True}


@dataclass(frozen=True)
class Example:
    """`group`: the field or the register that it was written for, within its language."""

    states_need: bool
    language: str
    group: str
    text: str


def read_examples(lines: Iterable[str], language: str) -> list[Example]:
    """Three columns by tabs: "background" or "need", group, sentence. A ValueError names a line that is none of it."""
    found = []
    for line in lines:
        kind, group, text, *others = [*line.rstrip("\n").split("\t"), "", ""]
        if kind not in KINDS or not group or not text or any(others):
            raise ValueError(f"not a kind, a group and a sentence: {line!r}")
        found.append(Example(KINDS[kind], language, f"{language}.{group}", text))
    return found


@lru_cache(maxsize=1)
def shipped_examples() -> tuple[Example, ...]:
    found: list[Example] = []
    for language in LANGUAGES:
        with (SHIPPED / f"{language}.tsv").open(encoding="utf-8") as lines:
            found += read_examples(lines, language)
    return tuple(found)


@lru_cache(maxsize=1)
def examples_version() -> str:
    """Changes with the sentences: whatever was weighed by others is to be weighed anew."""
    told = "\n".join(f"{example.states_need}\t{example.text}" for example in shipped_examples())
    return hashlib.sha256(told.encode()).hexdigest()[:6]
