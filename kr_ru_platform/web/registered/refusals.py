"""Why something is refused: codes that domain functions give → sentences in the reader's language.

Each app says in its AppConfig which sentences its codes have (`wording`); what they name stands in the refusal.
"""

from collections.abc import Mapping
from typing import Any

from kr_ru_platform.saving.errors import Refusal

_sentences: dict[str, Any] = {}


def register_sentences(sentences: Mapping[Any, Any]) -> None:
    """Code → lazily translated sentence with %(names)s. No two apps have a code of the same name."""
    _sentences.update({str(code): sentence for code, sentence in sentences.items()})


def in_words(refusal: Refusal | None) -> str:
    """Empty where nothing is refused, and where the page has a sentence of its own."""
    if refusal is None:
        return ""
    return str(_sentences[refusal.code]) % refusal.names
