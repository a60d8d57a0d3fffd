from dataclasses import replace

import numpy as np

from matching.scoring.types import Need
from tests.matching.scoring.drawn import random_columns


def need(*whole: float) -> Need:
    return Need(language="ko", whole=np.array(whole, dtype=np.float32), passages=np.zeros((0, 2), dtype=np.float32))


def test_whole_text_of_two_encoders_meets_passages_by_the_first_alone_at_length_1() -> None:
    assert need(3.0, 4.0, 7.0, 7.0).probe_toward("ru", 2).tolist() == np.array([0.6, 0.8], dtype=np.float32).tolist()


def test_whole_text_of_one_encoder_is_compared_as_it_is() -> None:
    assert need(0.0, 1.0).probe_toward("ru", 2).tolist() == [0.0, 1.0]


def test_text_that_says_nothing_stays_zero() -> None:
    assert need(0.0, 0.0, 1.0).probe_toward("ru", 2).tolist() == [0.0, 0.0]


def test_need_said_in_another_language_meets_its_texts_otherwise_and_is_not_brought_to_length_1() -> None:
    met = replace(need(3.0, 4.0, 0.0), toward={"ru": np.array([0.0, 2.5, 1.0], dtype=np.float32)})
    assert met.whole_toward("ko").tolist() == [3.0, 4.0, 0.0]
    assert met.whole_toward("ru").tolist() == [0.0, 2.5, 1.0]
    assert met.probe_toward("ru", 2).tolist() == [0.0, 0.5]


def test_columns_are_as_many_as_technologies_not_as_texts() -> None:
    columns = random_columns(np.random.default_rng(0), 4)
    assert (len(columns), len(columns.passages)) == (4, 12)


def test_need_that_says_nothing_wants_nothing() -> None:
    bare = need(1.0)
    assert (bare.field, bare.minimum_trl, bare.transfer_modes, bare.has_terms_for_all) == ("", None, frozenset(), False)
