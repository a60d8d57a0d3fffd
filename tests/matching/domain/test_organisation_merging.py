import pytest

from accounts.registered.merge_rules import Merge
from kr_ru_platform.saving.errors import Refusal
from matching.domain.organisation_merging import (
    count_proposed_holders,
    move_proposed_holders,
    obstacles,
    prepare_profiles,
)
from matching.enums import DeclineReason, TechnologyRefusal
from matching.models import CompanyProfile, ProposedChange, Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    return OrganisationFactory.create_batch(2)


@pytest.mark.parametrize(
    ("choice", "left"), [({}, "stays"), ({"profile": "stays"}, "stays"), ({"profile": "goes"}, "goes")]
)
def test_one_profile_stays_and_the_text_of_the_other_is_kept(both, choice, left):
    rows = {
        name: CompanyProfileFactory(organisation=organisation, products=name)
        for name, organisation in zip(("stays", "goes"), both, strict=True)
    }
    merge = Merge(*both, create_staff(), choices=choice)
    prepare_profiles(merge)
    gone = rows["goes" if left == "stays" else "stays"]
    assert list(CompanyProfile.objects.all()) == [rows[left]]
    assert merge.given_way == {
        "profile": {
            "language": gone.language,
            "products": gone.products,
            "capabilities": gone.capabilities,
            "interests": gone.interests,
            "field": gone.field,
            "ksic_code": gone.ksic_code,
        }
    }


@pytest.mark.parametrize("place", [0, 1])
def test_the_only_profile_stays(both, place):
    row = CompanyProfileFactory(organisation=both[place])
    merge = Merge(*both, create_staff())
    prepare_profiles(merge)
    assert (list(CompanyProfile.objects.all()), merge.given_way) == ([row], {})


def test_pending_requests_for_one_technology_are_decided_first(both):
    technology = TechnologyFactory()
    MatchRequestFactory(technology=technology, organisation=both[0])
    assert list(obstacles(*both)) == []
    second = MatchRequestFactory(technology=technology, organisation=both[1])
    wanted = [Refusal(TechnologyRefusal.BOTH_HAVE_ASKED, {"title": technology.title})]
    assert [list(obstacles(*pair)) for pair in (both, both[::-1])] == [wanted, wanted]
    second.state, second.decline_reason = "declined", DeclineReason.OTHER
    second.save()
    assert list(obstacles(*both)) == []


def test_change_that_names_the_holder_that_goes_names_the_one_that_stays(both):
    stays, goes = both
    waiting = ProposedChange.objects.create(technology=TechnologyFactory(), facts={"holder": goes.pk, "trl": 9})
    facts = {"holder": goes.pk}
    decided = ProposedChange.objects.create(
        technology=TechnologyFactory(), state="approved", facts=facts, before={"facts": facts, "texts": {}}
    )
    # Its technology has moved already: nothing of what was wanted is left.
    settled = ProposedChange.objects.create(technology=TechnologyFactory(holder=stays), facts={"holder": stays.pk})
    other = ProposedChange.objects.create(technology=TechnologyFactory(), facts={"trl": 9})
    assert [count_proposed_holders(row) for row in both] == [1, 2]
    assert move_proposed_holders(Merge(stays, goes, create_staff())) == 2
    moved = {"holder": stays.pk}
    assert [(row.facts, row.before, row.state) for row in ProposedChange.objects.order_by("pk")] == [
        ({**moved, "trl": 9}, {}, "open"),
        (moved, {"facts": moved, "texts": {}}, "approved"),
        ({}, {}, "dropped"),
        ({"trl": 9}, {}, "open"),
    ]
    changes = (waiting, decided, settled, other)
    revisions = [Technology.objects.get(pk=change.technology_id).revision for change in changes]
    assert revisions == [2, 1, 2, 1], "whoever has a waiting one open decides about what they have not seen"


def test_nobody_asks_themselves_after_the_merge(both):
    technology = TechnologyFactory(holder=both[0])
    MatchRequestFactory(technology=technology, organisation=both[1])
    MatchRequestFactory(technology=TechnologyFactory(), organisation=both[1])
    wanted = [Refusal(TechnologyRefusal.ONE_ASKED_THE_OTHER, {"title": technology.title})]
    assert [list(obstacles(*pair)) for pair in (both, both[::-1])] == [wanted, wanted]
