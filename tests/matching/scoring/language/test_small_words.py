"""The order in which endings are tried."""

from itertools import combinations

from matching.scoring.language.small_words import KOREAN_ENDINGS


def test_no_ending_is_hidden_by_a_shorter_one_before_it():
    pairs = combinations(KOREAN_ENDINGS, 2)
    assert [(before, after) for before, after in pairs if after.endswith(before)] == []
