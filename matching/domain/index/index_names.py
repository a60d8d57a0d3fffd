"""The name of an index says everything that its vectors and lexemes depend on: `use-0.2.1/i1.5bc0f2`."""

from dataclasses import dataclass
from typing import Self

# How texts are cut: with other passages the vectors of an index would be others.
CUTTING_VERSION = "i1"


@dataclass(frozen=True)
class IndexName:
    """`encoder/cutting.reading`; `reading` is of the list of terms and the way of reading words."""

    encoder: str
    cutting: str
    reading: str

    @classmethod
    def read(cls, name: str) -> Self:
        # Names of models have slashes of their own.
        encoder, _, version = name.rpartition("/")
        cutting, _, reading = version.partition(".")
        return cls(encoder, cutting, reading)

    def __str__(self) -> str:
        return f"{self.vectors}.{self.reading}"

    @property
    def vectors(self) -> str:
        """What an index has in common with those that differ from it by nothing but terms and words."""
        return f"{self.encoder}/{self.cutting}"
