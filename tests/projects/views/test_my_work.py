import pytest

from matching.models import IndexState, ProposedChange
from tests.factories.demand import DemandFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db

SECTIONS = {"next-step", "my-demands", "my-requests", "queue", "programme", "evaluation"}


def _sections(client, user) -> set[str]:
    client.force_login(user)
    page = client.get("/workspace/").content.decode()
    return {name for name in SECTIONS if f'id="{name}"' in page}


def test_each_role_sees_what_waits_for_it(client):
    member = MembershipFactory()
    DemandFactory(organisation=member.organisation)
    MatchRequestFactory(organisation=member.organisation, requested_by=member.user)
    partner = MembershipFactory(organisation=InstituteFactory())
    assert _sections(client, UserFactory()) == {"next-step"}
    assert _sections(client, member.user) == {"next-step", "my-demands", "my-requests"}
    assert _sections(client, partner.user) == set()
    assert _sections(client, create_staff()) == {"queue"}
    assert _sections(client, create_programme_admin()) == {"queue", "programme"}
    assert _sections(client, create_evaluator()) == {"evaluation"}


def test_member_learns_that_the_organisation_is_not_confirmed_yet(client):
    confirmed, waiting = MembershipFactory(), MembershipFactory(organisation__confirmation="unconfirmed")
    shown = []
    for member in (confirmed, waiting):
        client.force_login(member.user)
        notice = f'id="organisation-{member.organisation.pk}-not-confirmed"'
        shown.append(notice in client.get("/workspace/").content.decode())
    assert shown == [False, True]


def test_visitor_is_asked_to_log_in(client):
    response = client.get("/workspace/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/workspace/")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({}, None),
        ({"building": "new/i1"}, "rebuilt with another encoder: 0 of 1 technology"),
        ({"building": "new/i1", "problem": "no <model>"}, "no &lt;model&gt;"),
        ({"problem": "no model"}, "finds by words alone"),
    ],
)
def test_staff_see_how_far_another_index_is_and_others_do_not(client, state, said):
    TechnologyFactory()
    IndexState.objects.create(encoder="old/i1", **state)
    client.force_login(create_staff())
    page = client.get("/workspace/", headers={"accept-language": "en"}).content.decode()
    assert ('id="index-state"' in page, said is None or said in page) == (said is not None, True)
    client.force_login(MembershipFactory().user)
    assert 'id="index-state"' not in client.get("/workspace/").content.decode()


def test_partner_sees_own_technologies_only(client):
    partner = MembershipFactory(organisation=InstituteFactory())
    own, other = TechnologyFactory(holder=partner.organisation), TechnologyFactory()
    client.force_login(partner.user)
    page = client.get("/workspace/").content.decode()
    assert (f'id="technology-{own.pk}"' in page, f'id="technology-{other.pk}"' in page) == (True, False)


@pytest.mark.parametrize("confirmation", ["unconfirmed", "withdrawn"])
def test_holder_that_is_not_confirmed_is_told_nothing_of_its_technologies(client, confirmation):
    partner = MembershipFactory(organisation=InstituteFactory(confirmation=confirmation))
    draft = TechnologyFactory(holder=partner.organisation, state="draft", text__title="DraftCanary")
    MatchRequestFactory(technology=TechnologyFactory(holder=partner.organisation))
    client.force_login(partner.user)
    page = client.get("/workspace/").content.decode()
    assert ("DraftCanary" in page, f'id="technology-{draft.pk}"' in page, "technologies-of" in page) == (False,) * 3


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("member", 17), ("staff", 28)])
def test_workspace_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries, who, queries, rows):
    member = MembershipFactory()
    for _n in range(rows):
        MatchRequestFactory(organisation=member.organisation, requested_by=member.user)
        DemandFactory(organisation=member.organisation)
        TechnologyFactory(state="in_review")
        ProposedChange.objects.create(technology=TechnologyFactory(), facts={"trl": 1})
    client.force_login(member.user if who == "member" else create_staff())
    with django_assert_num_queries(queries):
        client.get("/workspace/")
