import datetime

import pytest
from django.utils import timezone

from matching.enums import MatchRequestState, TechnologyState
from matching.models import IndexRecord, IndexState
from projects.domain.overview import my_work
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def _work(membership):
    user = type(membership.user).objects.get(pk=membership.user.pk)
    return my_work.company_work(user=user, organisation=membership.organisation)


def test_company_work_names_the_next_step_on_the_way_in():
    membership = MembershipFactory()
    organisation = membership.organisation
    assert _work(membership).next_step == "profile"
    CompanyProfileFactory(organisation=organisation)
    assert _work(membership).next_step == "demand"
    demand = DemandFactory(organisation=organisation)
    assert _work(membership).next_step == "matches"
    MatchFactory(demand=demand, score=0.6)
    assert _work(membership).next_step == "request"
    MatchRequestFactory(organisation=organisation)
    assert _work(membership).next_step == ""


def test_company_work_counts_matches_with_published_technologies_of_own_demands_only():
    membership = MembershipFactory()
    demand = DemandFactory(organisation=membership.organisation)
    DemandFactory(organisation=membership.organisation, state="closed")
    MatchFactory(demand=demand, score=0.6)
    best = MatchFactory(demand=demand, score=0.7)
    # A weak candidate.
    MatchFactory(demand=demand, score=0.4)
    MatchFactory(demand=demand, score=0.9, technology=TechnologyFactory(state=TechnologyState.ARCHIVED))
    MatchFactory()
    MatchRequestFactory()
    work = _work(membership)
    assert [(row.pk, row.match_count, row.best_match) for row in work.demands] == [(demand.pk, 2, best)]
    assert (work.match_count, work.requests) == (2, [])


def test_partner_technologies_tell_what_happened():
    technology = TechnologyFactory()
    MatchRequestFactory(technology=technology)
    MatchRequestFactory(technology=technology, state=MatchRequestState.WITHDRAWN)
    IntroductionFactory(match_request=MatchRequestFactory(technology=technology, state=MatchRequestState.INTRODUCED))
    TechnologyFactory()
    (row,) = my_work.partner_technologies(organisation=technology.holder)
    assert (row.pk, row.request_count, row.pending_count, row.introduction_count, row.task_count) == (
        technology.pk,
        3,
        1,
        1,
        0,
    )


@pytest.mark.parametrize(
    ("kind", "holds", "offers"), [("company", 0, False), ("company", 1, True), ("institute", 0, True)]
)
def test_is_offering(kind, holds, offers):
    organisation = OrganisationFactory(kind=kind)
    technologies = [TechnologyFactory(holder=organisation) for _n in range(holds)]
    assert my_work.is_offering(organisation, technologies) is offers


def test_staff_work_shows_the_most_urgent_first_and_what_runs_out():
    today = timezone.localdate()
    late = MatchRequestFactory(due_on=today - datetime.timedelta(days=1))
    MatchRequestFactory(state=MatchRequestState.DECLINED, decline_reason="other", due_on=today)
    soon = MatchRequestFactory(due_on=today + datetime.timedelta(days=1))
    in_review = TechnologyFactory(state=TechnologyState.IN_REVIEW)
    expiring = TechnologyFactory(expires_on=today + datetime.timedelta(days=60))
    TechnologyFactory(expires_on=today + datetime.timedelta(days=61))
    fresh = DemandFactory()
    DemandFactory(opened_at=timezone.now() - datetime.timedelta(days=15))
    join = MembershipFactory(state="pending")
    work = my_work.staff_work(user=create_staff())
    assert (
        work.requests,
        work.waiting_count,
        work.overdue_count,
        work.in_review,
        work.expiring,
        work.demands,
        work.joins,
    ) == ([late, soon], 2, 1, [in_review], [expiring], [fresh], [join])


def test_index_work_is_shown_while_another_index_grows_or_the_encoder_is_missing():
    changed, read = TechnologyFactory(revision=2), TechnologyFactory()
    for technology in (changed, read, TechnologyFactory(state=TechnologyState.DRAFT)):
        IndexRecord.objects.create(technology=technology, revision=1, encoder="new/i1", text_hash="")
    IndexRecord.objects.create(technology=read, revision=1, encoder="old/i1", text_hash="")
    assert my_work.index_work() is None
    state = IndexState.objects.create(encoder="old/i1")
    assert my_work.index_work() is None
    IndexState.objects.update(building="new/i1")
    assert my_work.index_work() == my_work.IndexWork(True, "", read_count=1, technology_count=2)
    state.problem = "cannot be loaded"
    state.save()
    assert my_work.index_work() == my_work.IndexWork(False, state.problem, read_count=0, technology_count=2)


def test_programme_figures_add_up_running_research_tasks():
    running = ResearchTaskFactory(state="running")
    BudgetLineFactory(research_task=running, cost_item="personnel")
    BudgetLineFactory(research_task=running, cost_item="materials", government_krw=1, spent_krw=0)
    BudgetLineFactory(research_task=ResearchTaskFactory(state="completed"))
    assert my_work.programme_figures(user=create_programme_admin()) == {
        "running": [running],
        "running_count": 1,
        "planned_krw": 90_000_001,
        "spent_krw": 30_000_000,
    }
