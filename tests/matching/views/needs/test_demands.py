"""Who sees a demand, the list of demands, their history, and opening, closing, deleting one."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from matching.domain.needs.demands import edit_demand, write_demand
from matching.enums import DemandState
from matching.models import Demand
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory
from tests.factories.membership import create_member
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db


def page_of(demand):
    return reverse("demand_detail", args=[demand.pk])


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("demand_detail", "get"),
        ("demand_edit", "get"),
        ("demand_edit", "post"),
        ("demand_history", "get"),
        ("demand_delete", "get"),
        ("demand_delete", "post"),
        ("demand_autosave", "post"),
        ("demand_open", "post"),
        ("demand_close", "get"),
        ("demand_close", "post"),
    ],
)
@pytest.mark.parametrize("make_user", [create_member, create_evaluator, UserFactory])
def test_demand_of_another_company_is_not_found(client, name, method, make_user):
    demand = DemandFactory()
    client.force_login(make_user())
    answer = getattr(client, method)(reverse(name, args=[demand.pk]))
    assert answer.status_code == 404
    demand.refresh_from_db()
    assert (demand.state, demand.revision) == ("open", 1)


def test_demand_pages_need_a_login(client):
    for url in [reverse("demand_list"), reverse("demand_create"), page_of(DemandFactory())]:
        assert client.get(url).status_code == 302


def test_demand_list_shows_own_demands_only(client, company, member):
    own, foreign = DemandFactory(organisation=company), DemandFactory()
    page = client.get(reverse("demand_list")).content.decode()
    assert (page_of(own) in page, page_of(foreign) in page) == (True, False)


def test_demand_list_staff_narrow_it(client):
    wanted = DemandFactory(title="연마재 슬러리", state=DemandState.CLOSED)
    others = [DemandFactory(title="연마재 슬러리"), DemandFactory(state=DemandState.CLOSED)]
    client.force_login(create_staff())
    page = client.get(
        reverse("demand_list"),
        {"q": "슬러리 연마재", "state": "closed", "organisation": wanted.organisation_id},
    ).content.decode()
    assert page_of(wanted) in page
    assert not any(page_of(other) in page for other in others)


@pytest.mark.parametrize("rows", [1, 3])
def test_demand_list_query_count(client, company, member, django_assert_num_queries, rows):
    for demand in DemandFactory.create_batch(rows, organisation=company):
        MatchFactory(demand=demand)
    with django_assert_num_queries(6):
        client.get(reverse("demand_list"))


def test_demand_create_without_a_company_leads_to_registration(client):
    client.force_login(UserFactory())
    assert client.get(reverse("demand_create")).url == reverse("my_organisation")


def test_demand_history_tells_who_changed_what_even_of_an_autosaved_draft(client, company, member):
    colleague = create_member(organisation=company)
    draft = write_demand(by=member, organisation=company, data={"problem": "저절로 저장"}, keep_history=False)
    edit_demand(by=colleague, organisation=company, data={"problem": "동료의 글"}, demand=draft)
    entries = client.get(reverse("demand_history", args=[draft.pk])).context["entries"]
    assert [(entry.by, [(change.before, change.after) for change in entry.changes]) for entry in entries] == [
        (str(colleague), [("저절로 저장", "동료의 글")])
    ]


def test_demand_history_shows_times_and_amounts_as_people_read_them(client, company, member):
    demand = DemandFactory(organisation=company)
    changes = {"budget_krw": Decimal(120_000_000), "needed_by": datetime.date(2099, 5, 1)}
    edit_demand(by=member, organisation=company, data=changes, demand=demand)
    entry = client.get(reverse("demand_history", args=[demand.pk])).context["entries"][0]
    assert [change.after for change in entry.changes] == ["05/01/2099", "120,000,000"]


def test_demand_close_asks_first_and_can_be_undone(client, company, member):
    demand = DemandFactory(organisation=company)
    close, reopen = (reverse(name, args=[demand.pk]) for name in ("demand_close", "demand_open"))
    client.get(close)
    demand.refresh_from_db()
    states = [demand.state]
    for url in [close, reopen]:
        client.post(url, {"revision": demand.revision})
        demand.refresh_from_db()
        states.append(demand.state)
    assert states == ["open", "closed", "open"]


def test_demand_open_of_an_empty_draft_leads_to_the_form(client, company, member):
    demand = DemandFactory(organisation=company, state=DemandState.DRAFT, problem="")
    said = {"revision": demand.revision}
    assert client.post(reverse("demand_open", args=[demand.pk]), said).url == reverse("demand_edit", args=[demand.pk])


def test_demand_delete_asks_first_and_takes_drafts_only(client, company, member):
    draft = DemandFactory(organisation=company, state=DemandState.DRAFT)
    opened = DemandFactory(organisation=company)
    client.get(reverse("demand_delete", args=[draft.pk]))
    before = Demand.objects.count()
    for demand in (draft, opened):
        client.post(reverse("demand_delete", args=[demand.pk]), {"revision": demand.revision})
    assert (before, list(Demand.objects.all())) == (2, [opened])
