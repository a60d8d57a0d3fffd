import pytest

from kr_ru_platform.words.reading.quantities import fold_quantities


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("0,5", "0.5"),
        ("1 000 000", "1000000"),
        ("1,000,000", "1000000"),
        ("1.000.000", "1000000"),
        ("1'000", "1000"),
        ("10мм", "10 мм"),
        ("10-мм", "10 мм"),
        ("20 °с", "20°c"),
        ("50 %", "50%"),
        ("10 × 20", "10x20"),
        ("10 х 20", "10x20"),
        ("220v", "220 v"),
        ("2019г", "2019 г"),
        ("10метров", "10 метров"),
        ("no. 5", "no 5"),
        ("3д", "3d"),
        ("3dпечать", "3d печать"),
        # What is a name stays one.
        ("5g", "5g"),
        ("ti6al4v", "ti6al4v"),
        ("30хгса", "30хгса"),
        # Lists, versions and phone numbers are no numbers with separators.
        ("1, 2", "1, 2"),
        ("1.2.3", "1.2.3"),
        ("0,500,000", "0,500,000"),
        ("+495 123", "+495 123"),
        ("без чисел", "без чисел"),
    ],
)
def test_numbers_by_their_value_and_apart_from_their_unit(text: str, folded: str) -> None:
    assert fold_quantities(text) == folded
    assert fold_quantities(folded) == folded
