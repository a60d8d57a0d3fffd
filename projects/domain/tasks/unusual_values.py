"""Unusual values ask before they are saved: a question is a code with numbers, not a sentence."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class UnusualValue:
    code: str
    values: dict[str, Any] = field(default_factory=dict)


class ConfirmationNeededError(Exception):
    """The data may be right, but a person must say so: repeat with `is_confirmed=True`."""

    def __init__(self, questions: list[UnusualValue]) -> None:
        super().__init__(", ".join(question.code for question in questions))
        self.questions = questions
