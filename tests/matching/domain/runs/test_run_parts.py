"""What the parts of a run share; what they do is compared with scoring one by one in test_scoring_runs.py."""

import numpy as np
import pytest

from matching.domain.runs.run_parts import entry, packed_numbers, scorer_of
from matching.scoring.weights import SCORERS
from tests.factories.scorer import ScorerVersionFactory


def test_numbers_come_back_in_pairs() -> None:
    pairs = [[7, 1], [9, 2**40]]
    data = np.array(pairs, dtype="<i8").tobytes()
    assert packed_numbers(data).tolist() == packed_numbers(memoryview(data)).tolist() == pairs
    assert packed_numbers(b"").tolist() == []


@pytest.mark.parametrize(("name", "least"), [("v1", 0.40), ("v3", 0.30)])
def test_what_is_listed_is_decided_by_the_formula(name: str, least: float) -> None:
    bar = entry(SCORERS[name])
    assert (bar.scorer, bar.minimum) == (SCORERS[name], least)


@pytest.mark.django_db
def test_run_is_scored_by_the_version_that_it_began_with() -> None:
    row = ScorerVersionFactory(name="v3.4")
    found = scorer_of("v3.4-use/i1-9a1b2c3d+p00c0ffee")
    assert (found.name, found.formula_name, found.weights) == ("v3.4", row.formula, row.weights)
    assert scorer_of("v2-use/i1-9a1b2c3d") == SCORERS["v2"]


@pytest.mark.django_db
def test_version_that_is_gone_is_told() -> None:
    with pytest.raises(LookupError, match="v9.9-use"):
        scorer_of("v9.9-use/i1-9a1b2c3d")
