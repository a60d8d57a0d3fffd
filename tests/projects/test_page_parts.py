import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from projects.page_parts import SHOWN, partnerships_of
from tests.factories.introduction import IntroductionFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_partnerships_are_the_newest_and_all_are_counted():
    organisation = OrganisationFactory()
    rows = TaskPartnerFactory.create_batch(SHOWN + 1, organisation=organisation)
    TaskPartnerFactory()
    found = partnerships_of(organisation)
    assert (found["count"], list(found["rows"])) == (SHOWN + 1, rows[:0:-1])


def test_introductions_tell_their_research_task_in_a_column_of_its_own(client):
    introduction = IntroductionFactory()
    task = ResearchTaskFactory(introduction=introduction, number="2019-07")
    client.force_login(create_staff())
    answer = client.get(reverse("introduction_list"), headers={"accept-language": "en"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Research task" in [heading.get_text(strip=True) for heading in page.select("th")]
    assert page.find("a", href=reverse("research_task_detail", args=[task.pk])) is not None
