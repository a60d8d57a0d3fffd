import pytest
from django.urls import reverse

from matching.scoring.weights import CURRENT, WEIGHTS
from tests.factories.demand import DemandFactory
from tests.factories.match import make_scored, record_scoring
from tests.factories.membership import create_member
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "preferences-form"}


@pytest.fixture
def demand():
    return DemandFactory()


@pytest.fixture
def member(client, demand):
    user = create_member(organisation=demand.organisation)
    client.force_login(user)
    return user


def send(client, demand, follow=True, headers=None, **answers):
    return client.post(reverse("demand_preferences", args=[demand.pk]), answers, follow=follow, **(headers or {}))


def test_preferences_put_the_list_in_another_order(client, demand, member):
    near = make_scored(demand, meaning=0.6, readiness=0.0)
    ready = make_scored(demand, meaning=0.5, readiness=0.5)
    record_scoring(demand=demand)
    page = client.get(reverse("demand_detail", args=[demand.pk]))
    before = [row.match for row in page.context["results"].rows]
    answer = send(client, demand, meaning="less", readiness="more", field="normal")
    results = answer.context["results"]
    assert (before, [row.match for row in results.rows]) == ([near, ready], [ready, near])
    assert results.need.preferences == {"meaning": "less", "readiness": "more"}
    assert results.preferences in answer.content.decode()
    weights = {component["code"]: component["weight"] for component in results.rows[0].match.components}
    usual = WEIGHTS[CURRENT]
    assert weights["readiness"] / weights["field"] == pytest.approx(2 * usual["readiness"] / usual["field"])


def test_preferences_answer_with_the_list_that_stays_open(client, demand, member):
    answer = send(client, demand, headers=HTMX, readiness="more")
    part = answer.content.decode()
    assert ("<html" in part, 'id="preferences" open' in part, 'id="preferences-words"' in part) == (False, True, True)


def test_a_poll_leaves_the_open_form_as_it_is(client, demand, member):
    record_scoring(demand=demand)
    poll = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "matches-scoring"}
    part = client.get(reverse("demand_detail", args=[demand.pk]), **poll).content.decode()
    assert 'id="preferences" hx-preserve' in part


def test_back_to_normal(client, demand, member):
    send(client, demand, readiness="more")
    answer = send(client, demand, reset="1")
    assert (answer.context["results"].need.preferences, answer.context["results"].preferences) == ({}, "")


def test_a_page_that_is_behind_leaves_what_a_colleague_asked_for(client, demand, member):
    """Both pages were opened with nothing asked for; each person changes one answer."""
    shown = {f"initial-{code}": "normal" for code in WEIGHTS[CURRENT]}
    unchanged = dict.fromkeys(WEIGHTS[CURRENT], "normal")
    page = client.get(reverse("demand_detail", args=[demand.pk])).content.decode()
    assert all(f'name="{name}" value="normal"' in page for name in shown)
    send(client, demand, **shown, **unchanged | {"readiness": "more"})
    answer = send(client, demand, **shown, **unchanged | {"field": "less"})
    assert answer.context["results"].need.preferences == {"readiness": "more", "field": "less"}


def test_unknown_answer_changes_nothing(client, demand, member):
    answer = send(client, demand, readiness="most")
    assert answer.context["results"].need.preferences == {}
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_closed_demand_has_no_question(client, member, demand):
    type(demand).objects.update(state="closed", preferences={"readiness": "more"})
    answer = send(client, demand, readiness="less")
    results = answer.context["results"]
    assert (results.preferences_form, results.need.preferences) == (None, {"readiness": "more"})
    assert [message.level_tag for message in answer.context["messages"]] == ["info"]


def test_preferences_of_another_company_are_not_found(client, demand):
    client.force_login(create_member())
    assert send(client, demand, readiness="more").status_code == 404


def test_centre_sees_what_the_company_asked_for(client, demand, member):
    match = make_scored(demand)
    words = send(client, demand, readiness="more").context["results"].preferences
    client.force_login(create_staff())
    addresses = [reverse("demand_detail", args=[demand.pk]), reverse("match_detail", args=[match.pk])]
    assert [words in client.get(address).content.decode() for address in addresses] == [True, True]


def test_history_tells_preferences_in_words(client, demand, member):
    words = send(client, demand, readiness="more").context["results"].preferences
    entry = client.get(reverse("demand_history", args=[demand.pk])).context["entries"][0]
    assert [(change.before, change.after) for change in entry.changes] == [("–", words)]
