"""Which decisions weights are fitted to."""

from typing import Any

import pytest

from matching.domain.matches.tuning import decisions_for
from matching.enums import DeclineReason, NotRelevantReason, Verdict
from matching.models import Feedback
from matching.scoring.weights import CURRENT, SCORERS, WEIGHTS
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.scorer import ScorerVersionFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db
ACTIVE = SCORERS[CURRENT]
ALL = dict.fromkeys(WEIGHTS[CURRENT], 0.5)


def decide(verdict: str, *, meaning: float = 0.5, version: str = CURRENT, **fields: Any) -> Feedback:
    return FeedbackFactory(
        verdict=verdict,
        scorer_version=f"{version}-use/3-aaaa",
        components=[{"code": code, "value": value} for code, value in (ALL | {"meaning": meaning}).items()],
        **fields,
    )


def steps(*verdicts: Any) -> Feedback:
    """The steps of one request about one pair; the value of the meaning says which step it was."""
    request, rows = MatchRequestFactory(), []
    demand = DemandFactory(organisation=request.organisation)
    for number, verdict in enumerate(verdicts, start=1):
        verdict, reason = verdict if isinstance(verdict, tuple) else (verdict, "")
        common = {"demand": demand, "technology": request.technology, "match_request": request, "reason": reason}
        rows.append(decide(verdict, meaning=number / 10, **common))
    return rows[-1]


def found() -> list[tuple[float, bool]]:
    """Of each decision that counts: the value of its meaning, and whether the pair was wanted."""
    decisions = decisions_for(ACTIVE).decisions
    return list(zip(decisions.values[:, 0].tolist(), decisions.wanted.tolist(), strict=True))


@pytest.mark.parametrize(
    ("verdicts", "counted"),
    [
        ([Verdict.REQUESTED], [(0.1, True)]),
        ([Verdict.REQUESTED, Verdict.ACCEPTED, Verdict.INTRODUCED], [(0.1, True)]),
        ([Verdict.REQUESTED, (Verdict.DECLINED, DeclineReason.TOO_EARLY)], [(0.2, False)]),
        ([Verdict.REQUESTED, (Verdict.DECLINED, DeclineReason.HOLDER_UNAVAILABLE)], [(0.1, True)]),
        ([Verdict.REQUESTED, (Verdict.DECLINED, DeclineReason.EXPORT_CONTROL)], [(0.1, True)]),
        ([Verdict.REQUESTED, Verdict.WITHDRAWN], []),
    ],
)
def test_a_request_counts_once_by_how_far_it_came(verdicts: list[Any], counted: list[Any]) -> None:
    steps(*verdicts)
    assert found() == counted


def test_a_mark_counts_until_it_is_taken_back() -> None:
    decide(Verdict.NOT_RELEVANT, meaning=0.1)
    mark = decide(Verdict.NOT_RELEVANT, meaning=0.2)
    common = {"demand": mark.demand, "technology": mark.technology}
    decide(Verdict.PUT_BACK, meaning=0.3, takes_back=mark, **common)
    assert found() == [(0.1, False)]
    decide(Verdict.NOT_RELEVANT, meaning=0.4, **common)
    assert found() == [(0.1, False), (0.4, False)]


def test_what_the_company_knows_already_says_nothing_against_it() -> None:
    decide(Verdict.NOT_RELEVANT, reason=NotRelevantReason.KNOWN)
    assert found() == []


def test_the_later_of_a_request_and_a_mark_counts() -> None:
    row = steps(Verdict.REQUESTED)
    decide(Verdict.NOT_RELEVANT, meaning=0.9, demand=row.demand, technology=row.technology)
    assert found() == [(0.9, False)]


def test_needs_are_told_apart_and_a_profile_is_one() -> None:
    demand, profile, technology = DemandFactory(), CompanyProfileFactory(), TechnologyFactory()
    for owner in ({"demand": demand}, {"demand": None, "profile": profile}):
        company = (owner["demand"] or profile).organisation
        decide(Verdict.NOT_RELEVANT, technology=technology, organisation=company, **owner)
        decide(Verdict.NOT_RELEVANT, organisation=company, **owner)
    needs = decisions_for(ACTIVE).decisions.needs.tolist()
    assert (len(needs), len(set(needs)), needs[0] == needs[1], needs[2] == needs[3]) == (4, 2, True, True)


def test_only_values_of_the_same_formula_count() -> None:
    proposal = ScorerVersionFactory()
    decide(Verdict.NOT_RELEVANT, meaning=0.1, version=proposal.name)
    decide(Verdict.NOT_RELEVANT, meaning=0.2, version="v1")
    decide(Verdict.NOT_RELEVANT, meaning=0.3, version="v99")
    FeedbackFactory()
    read = decisions_for(ACTIVE)
    assert found() == [(0.1, False)]
    assert (read.other_formula_count, read.without_numbers_count) == (2, 1)


def test_what_is_missing_is_told_with_what_is_needed() -> None:
    for _ in range(3):
        decide(Verdict.NOT_RELEVANT)
    steps(Verdict.REQUESTED)
    assert decisions_for(ACTIVE).missing() == [
        ("decisions", 4, 50),
        ("wanted", 1, 10),
        ("unwanted", 3, 10),
        ("needs", 4, 10),
    ]


def test_reading_many_decisions_takes_as_many_queries_as_few(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        decide(Verdict.NOT_RELEVANT)
    with django_assert_num_queries(2):
        decisions_for(ACTIVE)
