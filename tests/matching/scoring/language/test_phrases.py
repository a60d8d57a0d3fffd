"""Terms of languages that write their words apart."""

import pytest

from matching.scoring.language.phrases import Phrases
from matching.scoring.language.text import WORD

TERMS = {
    "plating": "electroplating",
    "transformer": "transformer",
    "goods vehicle": "truck",
    "research and development": "research",
    "technology transfer": "transfer",
    "управление данными": "data governance",
    "автомобиль": "automobile",
    "автомобильный": "automobile",
    "мобильный": "mobile unit",
    "робот": "robot",
    "лампа": "lamp",
    "рами": "ramie",
}


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    found = Phrases()
    for term, key in TERMS.items():
        found.add(term, key)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nickel plating of plated parts", [("electroplating", "plating"), ("electroplating", "plated")]),
        ("steel plates", []),
        ("We transform your resources", []),
        ("Two transformers", [("transformer", "transformers")]),
        ("Goods vehicles; a goods vehicle", [("truck", "Goods vehicles"), ("truck", "goods vehicle")]),
        # Neither over the end of a sentence nor over what joins two things.
        ("tracks goods and vehicles", []),
        ("goods, vehicles", []),
        ("of goods. Vehicles", []),
        ("Research and development", [("research", "Research and development")]),
        ("Общее управление. Данные группы", []),
        ("управления данными", [("data governance", "управления данными")]),
        ("heat transfer", []),
        # What joins the word before it leaves it what it is, unless both are another word.
        ("микроробот", [("robot", "робот")]),
        ("автомобильный транспорт", [("automobile", "автомобильный")]),
        ("", []),
    ],
)
def test_phrases_find_terms_in_their_forms(phrases: Phrases, text: str, found: list[tuple[str, str]]) -> None:
    tokens = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    assert [(key, text[start:end]) for key, start, end in phrases.find(text, tokens)] == found
