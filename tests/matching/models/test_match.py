import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from matching.enums import TechnologyState
from matching.models import Match, ScoringRecord
from tests.constraints import constraint_against
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("score", [-0.001, 1.001])
def test_score_outside_0_and_1_is_rejected(score):
    assert constraint_against(MatchFactory, score=score) == "match_score_is_from_0_to_1"


def test_scores_of_0_and_1_are_accepted():
    assert [MatchFactory(score=score).score for score in (0, 1)] == [0, 1]


def test_match_is_of_one_need_of_either_kind():
    demand, profile = DemandFactory(), CompanyProfileFactory()
    name = "match_is_with_a_demand_or_a_profile"
    assert constraint_against(MatchFactory, demand=None) == name
    assert constraint_against(MatchFactory, demand=demand, profile=profile) == name


def test_pair_is_matched_once():
    technology, profile = TechnologyFactory(), CompanyProfileFactory()
    match = MatchFactory(technology=technology)
    of_profile = MatchFactory(technology=technology, demand=None, profile=profile)
    again = {"technology": technology, "demand": match.demand}
    assert constraint_against(MatchFactory, **again) == "match_is_one_per_demand"
    again = {"technology": technology, "demand": None, "profile": of_profile.profile}
    assert constraint_against(MatchFactory, **again) == "match_is_one_per_profile"


def test_record_is_of_exactly_one_row():
    technology, demand = TechnologyFactory(), DemandFactory()
    seen = {"revision": 1, "scorer_version": "v1", "candidates": 0, "scored_at": technology.published_at}
    make = ScoringRecord.objects.create
    for owners in ({}, {"technology": technology, "demand": demand}):
        assert constraint_against(make, **seen, **owners) == "scoring_record_is_of_exactly_one_row"
    make(**seen, technology=technology)
    make(**seen, demand=demand)
    with pytest.raises(IntegrityError):
        make(**seen, demand=demand)


def test_company_sees_its_own_matches_of_what_is_published():
    own = MatchFactory()
    hidden = MatchFactory(demand=own.demand, technology=TechnologyFactory(state=TechnologyState.ARCHIVED))
    profile = CompanyProfileFactory(organisation=own.demand.organisation)
    of_profile, other = MatchFactory(demand=None, profile=profile), MatchFactory()
    people = {
        "visitor": AnonymousUser(),
        "member": create_member(organisation=own.demand.organisation),
        "staff": create_staff(),
    }
    assert {name: set(Match.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "member": {own, of_profile},
        "staff": {own, hidden, of_profile, other},
    }


def test_ranking_is_by_score_then_by_technology():
    demand = DemandFactory()
    low, first, second = (MatchFactory(demand=demand, score=score) for score in (0.25, 0.5, 0.5))
    assert list(demand.matches.ranked()) == [first, second, low]


def test_scorer_is_what_the_version_begins_with():
    assert Match(scorer_version="v3.2-use-0/i1-9a1b2c3d+p00c0ffee").scorer_name == "v3.2"
