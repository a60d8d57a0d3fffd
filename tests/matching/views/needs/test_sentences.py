import pytest
from django.urls import reverse

from matching.domain.index.indexing import index_encoder
from matching.models import Demand
from tests.factories.demand import DemandFactory
from tests.factories.match import record_scoring
from tests.factories.membership import create_member
from tests.factories.needs import make_read
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
ABOUT_US, NEED = "당사는 밸브 제조사입니다.", "도금이 벗겨집니다."


@pytest.fixture
def demand():
    demand = DemandFactory(title=NEED.rstrip("."), problem=f"{ABOUT_US} {NEED}", wanted_result="")
    make_read(demand, {ABOUT_US: 0.08, NEED: 0.9}, encoder=index_encoder())
    record_scoring(demand=demand)
    return demand


@pytest.fixture
def member(client, demand):
    user = create_member(organisation=demand.organisation)
    client.force_login(user)
    return user


def page(client, demand):
    return client.get(reverse("demand_detail", args=[demand.pk]))


def send(client, demand, **answers):
    return client.post(reverse("demand_sentences", args=[demand.pk]), answers, follow=True)


def levels(answer):
    return [message.level_tag for message in answer.context["messages"]]


def test_page_says_which_sentences_count(client, demand, member):
    answer = page(client, demand)
    form = answer.context["results"].sentences_form
    assert (form.left_out, form["counted"].initial) == (1, [2])
    text = answer.content.decode()
    assert ("1개 문장은 회사 소개로 보아 적게 반영했습니다" in text, ABOUT_US in text) == (True, True)


def test_member_says_otherwise_and_takes_it_back(client, demand, member):
    answer = send(client, demand, revision=demand.revision, counted=["1", "2"])
    assert (levels(answer), len(Demand.objects.get().sentence_choices)) == (["success"], 1)
    answer = send(client, demand, reset="1")
    assert (levels(answer), Demand.objects.get().sentence_choices) == (["success"], {})


@pytest.mark.parametrize(
    ("answers", "level"),
    [({"counted": []}, "error"), ({"counted": ["1"], "revision": "0"}, "warning"), ({"counted": ["x"]}, "error")],
)
def test_what_cannot_be_taken_changes_nothing_and_says_so(client, demand, member, answers, level):
    answer = send(client, demand, **{"revision": demand.revision} | answers)
    assert (levels(answer), Demand.objects.get().sentence_choices) == ([level], {})


def test_closed_demand_is_not_read_anew(client, demand, member):
    Demand.objects.update(state="closed")
    answer = send(client, demand, revision=demand.revision, counted=["1"])
    assert (levels(answer), answer.context["results"].sentences_form) == (["info"], None)


def test_nobody_else_reads_the_sentences_or_decides(client, demand):
    client.force_login(create_member())
    assert (page(client, demand).status_code, send(client, demand, revision=1, counted=["1"]).status_code) == (404, 404)
    client.force_login(create_staff())
    assert ABOUT_US in page(client, demand).content.decode()
