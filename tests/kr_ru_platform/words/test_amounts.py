from decimal import Decimal

import pytest

from kr_ru_platform.words.amounts import korean_amount, parse_amount, won


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1억 2,000만원", 120_000_000),
        ("7.8억", 780_000_000),
        ("1,500,000", 1_500_000),
        ("₩ 3천만", 30_000_000),
        ("2조 5억 1", 2_000_500_000_001),
        ("0", 0),
    ],
)
def test_parse_amount_reads_korean_units(text, amount):
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "66만불", "억", "만 억", "1만 2억", "0.5", "-3", "열 원"])
def test_parse_amount_refuses_what_is_not_one_whole_amount(text):
    with pytest.raises(ValueError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(780_000_000, "7억 8,000만"), (0, "0"), (10_001, "1만 1"), (-50_000, "-5만"), (10**12, "1조")],
)
def test_korean_amount_loses_nothing(amount, text):
    assert korean_amount(amount) == text


def test_won_follows_the_readers_language():
    assert [won(780_000_000, "ko"), won(None, "ko")] == ["7억 8,000만원", "–"]
