"""What the page of an organisation tells of its technologies, demands and requests."""

import pytest

from matching.page_parts import (
    SHOWN,
    demands_of,
    handovers,
    match_requests_of,
    newest,
    opened_agreements,
    technologies_of,
)
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def test_all_are_counted_and_the_newest_are_shown():
    company = OrganisationFactory()
    demands = [DemandFactory(organisation=company) for _ in range(SHOWN + 1)]
    told = newest(demands_of)(company)
    assert (told["count"], list(told["rows"])) == (SHOWN + 1, demands[:0:-1])


@pytest.mark.parametrize(
    ("rows", "make"),
    [
        (technologies_of, lambda organisation: TechnologyFactory(holder=organisation)),
        (demands_of, lambda organisation: DemandFactory(organisation=organisation)),
        (match_requests_of, lambda organisation: MatchRequestFactory(organisation=organisation)),
    ],
)
def test_rows_are_those_of_the_organisation_alone(rows, make):
    own, other = OrganisationFactory(), OrganisationFactory()
    made = make(own)
    make(other)
    assert list(rows(own)) == [made]


@pytest.mark.parametrize("count", [1, 3])
def test_titles_of_technologies_are_read_together(django_assert_num_queries, count):
    company = OrganisationFactory()
    for _ in range(count):
        MatchRequestFactory(organisation=company, technology__holder=company)
    for rows, queries in ((technologies_of, 3), (match_requests_of, 4)):
        with django_assert_num_queries(queries):
            told = newest(rows)(company)
            for row in told["rows"]:
                assert getattr(row, "technology", row).working_title


def test_technologies_change_hands_to_members_of_a_confirmed_record_only():
    one, other = InstituteFactory(), InstituteFactory(is_new=True)
    secret, own = TechnologyFactory(holder=one, disclosure="nda"), TechnologyFactory(holder=other)
    member = create_member(organisation=one)
    create_member(organisation=other)
    told = handovers((one, other))["rows"]
    assert [(row["giver"], row["count"], row["protected"], row["readers"]) for row in told] == [
        (one, 1, 1, []),
        (other, 1, int(own.disclosure == "nda"), [member]),
    ]
    assert told[0]["technologies"] == [secret]
    assert handovers((OrganisationFactory(), OrganisationFactory()))["rows"] == []


def test_introductions_are_told_whose_readers_become_more():
    one, other = OrganisationFactory(), OrganisationFactory()
    introduction = IntroductionFactory(match_request__organisation=one)
    assert opened_agreements((one, other)) == {"rows": []}
    reader = create_member(organisation=other)
    (row,) = opened_agreements((one, other))["rows"]
    assert (row["introduction"], row["company"], row["opens"], row["readers"]) == (introduction, one, False, [reader])
