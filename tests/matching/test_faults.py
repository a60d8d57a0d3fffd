"""The database remembers: neither a broker that is down nor a killed worker loses work."""

import pytest
from django.urls import reverse

from matching.models import Demand, Match
from matching.tasks import sweep
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db(transaction=True)
SLOW_MACHINE = 90


@pytest.fixture
def technology():
    return TechnologyFactory(
        text__title="Аморфный сплав для сердечников трансформаторов",
        text__summary="Аморфный сплав снижает потери на перемагничивание в сердечниках трансформаторов.",
    )


def write_demand(client):
    member = create_member()
    client.force_login(member)
    problem = "변압기 철심에서 열이 많이 납니다. 비정질 합금으로 자화 손실을 줄이고 싶습니다."
    company = member.memberships.get().organisation_id
    client.post(reverse("demand_create"), {"problem": problem, "organisation": company, "action": "open"})
    return Demand.objects.get()


def is_matched():
    return Match.objects.exists()


def test_demand_written_while_the_broker_is_down_is_matched_when_it_is_back(client, technology, real_worker, broker):
    broker.stop()
    demand = write_demand(client)
    assert demand.state == "open"
    broker.start()
    # What the periodic schedule does.
    sweep.delay()
    real_worker.wait_for(is_matched, SLOW_MACHINE)
    assert Match.objects.values_list("demand", "technology").get() == (demand.pk, technology.pk)


def test_demand_is_matched_after_a_worker_was_killed_in_the_middle(client, technology, real_worker):
    demand = write_demand(client)
    real_worker.wait_for(lambda: "sweep_needs" in real_worker.text().partition("ready.")[2], SLOW_MACHINE)
    real_worker.kill()
    assert not is_matched()
    real_worker.start()
    sweep.delay()
    real_worker.wait_for(is_matched, SLOW_MACHINE)
    assert Match.objects.values_list("demand", "technology").get() == (demand.pk, technology.pk)
