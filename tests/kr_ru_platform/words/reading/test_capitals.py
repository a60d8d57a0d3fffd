"""A query is compared by meaning alike, whichever capitals and letters it was typed with."""

import pytest

from kr_ru_platform.words.reading.capitals import as_texts_write


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("НЕЙРОННАЯ СЕТЬ", "нейронная сеть"),
        ("Machine Learning", "machine learning"),
        ("MACHINE LEARNING", "machine learning"),
        ("Твёрдый электролит", "твердый электролит"),
        ("GaN LED", "GaN LED"),
        ("СВЧ Печь", "СВЧ печь"),
        ("ТiО2", "TiO2"),
        ("08Х18Н10Т", "08Х18Н10Т"),
        ("TiAlN Multilayer 공정", "TiAlN multilayer 공정"),
        ("Cталь", "сталь"),
    ],
)
def test_query_as_texts_write_it(typed: str, read: str) -> None:
    assert as_texts_write(typed) == read
