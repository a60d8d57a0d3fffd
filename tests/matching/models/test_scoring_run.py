import pytest

from matching.enums import PartStep
from matching.models import ScoringPart, ScoringResult
from tests.constraints import constraint_against
from tests.factories.scoring_run import make_run

pytestmark = pytest.mark.django_db


def test_one_run_at_a_time():
    ended = make_run(parts=0, state="done")
    make_run(parts=0)
    assert constraint_against(make_run, parts=0) == "scoring_run_is_one_at_a_time"
    assert str(make_run(parts=0, state="done"))[:10] == str(ended)[:10] == "v2-fake/i1"


def test_part_has_a_range_and_is_there_once():
    run = make_run(parts=0)
    part = {"run": run, "step": PartStep.COMPARE, "first": 5}
    make = ScoringPart.objects.create
    assert constraint_against(make, **part, last=4) == "scoring_part_has_a_range"
    first = make(**part, last=5)
    assert constraint_against(make, **part, last=9) == "scoring_part_is_one_per_range"
    second = make(run=run, step=PartStep.WRITE, first=5, last=9)
    assert [str(first), str(second)] == ["compare 5–5", "write 5–9"]


def test_result_of_a_part_for_another_is_there_once():
    compared, written = make_run(parts=2).parts.order_by("first")
    ScoringResult.objects.create(part=compared, for_part=written, pairs=b"")
    again = {"part": compared, "for_part": written, "pairs": b"x"}
    assert constraint_against(ScoringResult.objects.create, **again) == "scoring_result_is_one_per_parts"
