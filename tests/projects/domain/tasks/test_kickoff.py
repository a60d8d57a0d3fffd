from datetime import date

import pytest

from projects.domain.tasks.kickoff import next_number, propose_research_task
from projects.enums import PartnerRole
from projects.models import ResearchTask
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory

pytestmark = pytest.mark.django_db


def test_propose_research_task_takes_over_what_the_introduction_tells_and_stores_nothing():
    programme = ProgrammeFactory(year=2026)
    introduction = IntroductionFactory()
    request = introduction.match_request
    proposal = propose_research_task(introduction=introduction, today=date(2026, 3, 1))
    assert proposal.partners == [
        (request.organisation, PartnerRole.PARTICIPANT),
        (request.technology.holder, PartnerRole.PROVIDER),
    ]
    assert proposal.data["introduction"] == introduction
    assert proposal.data["technology"] == request.technology
    assert proposal.data["demand"] == request.demand
    assert proposal.data["direction"] == request.technology.direction
    assert (proposal.data["programme"], proposal.data["number"]) == (programme, "2026-01")
    assert proposal.data["starts_on"] == date(2026, 3, 1)
    assert ResearchTask.objects.count() == 0


def test_propose_research_task_never_takes_the_confidential_title_of_the_demand():
    ProgrammeFactory()
    demand = DemandFactory(title="비밀 수요")
    introduction = IntroductionFactory(match_request__demand=demand, match_request__organisation=demand.organisation)
    proposal = propose_research_task(introduction=introduction, today=date(2026, 3, 1))
    title = introduction.match_request.technology.title
    assert {name: text for name, text in proposal.data.items() if name.startswith("title")} == {"title_ru": title}


def test_next_number_follows_the_highest_of_the_programme():
    programme = ProgrammeFactory(year=2019)
    for number in ["2019-02", "2019-11", "2020-40", "2019-draft"]:
        ResearchTaskFactory(programme=programme, number=number)
    assert next_number(programme) == "2019-12"
