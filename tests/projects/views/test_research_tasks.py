from datetime import date

import pytest
from django.urls import reverse

from projects.models import ResearchTask
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def form_data(programme, **fields):
    return {
        "programme": programme.pk,
        "number": "2019-07",
        "title_ko": "AS 머플러용 생산 공정개선",
        "task_type": "localisation",
        "direction": "kr_ru",
        "field": "process",
        "starts_on": "2019-07-01",
        "ends_on": "",
        "evidence": "",
        "partners-TOTAL_FORMS": "1",
        "partners-INITIAL_FORMS": "0",
        "partners-0-organisation": "",
        "partners-0-role": "participant",
    } | fields


def test_research_task_list_of_visitors_asks_to_log_in(client):
    response = client.get(reverse("research_task_list"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_research_task_list_shows_partners_only_their_own(client):
    mine, other = TaskPartnerFactory(), TaskPartnerFactory()
    client.force_login(create_member(organisation=mine.organisation))
    response = client.get(reverse("research_task_list"))
    assert list(response.context["page"]) == [mine.research_task]
    detail = [reverse("research_task_detail", args=[p.research_task.pk]) for p in (mine, other)]
    assert [client.get(url).status_code for url in detail] == [200, 404]


def test_research_task_list_of_somebody_without_organisation_is_empty(client):
    TaskPartnerFactory()
    client.force_login(UserFactory())
    assert list(client.get(reverse("research_task_list")).context["page"]) == []


@pytest.mark.parametrize("create", [create_staff, create_programme_admin, create_evaluator])
def test_research_task_list_shows_the_centre_and_evaluators_all(client, create):
    tasks = [ResearchTaskFactory(), TaskPartnerFactory().research_task]
    client.force_login(create())
    assert set(client.get(reverse("research_task_list")).context["page"]) == set(tasks)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"A", "B"}),
        ("year=2020", {"B"}),
        ("state=completed", {"B"}),
        ("task_type=localisation&direction=kr_ru", {"A", "B"}),
        ("q=머플러 공정", {"A"}),
        ("q=B", {"B"}),
        ("field=ai", set()),
        ("year=nonsense", {"A", "B"}),
    ],
)
def test_research_task_list_filters_from_the_address(client, query, numbers):
    ResearchTaskFactory(number="A", title_ko="머플러 공정")
    ResearchTaskFactory(number="B", title_ko="파이프", programme__year=2020, state="completed")
    client.force_login(create_staff())
    page = client.get(f"{reverse('research_task_list')}?{query}").context["page"]
    assert {task.number for task in page} == numbers


def full_task():
    task = TaskPartnerFactory().research_task
    BudgetLineFactory(research_task=task)
    OutcomeFactory(research_task=task)
    return task


@pytest.mark.parametrize("count", [1, 3])
def test_research_task_list_needs_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    for _number in range(count):
        full_task()
    client.force_login(create_staff())
    with django_assert_num_queries(8):
        client.get(reverse("research_task_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_research_task_detail_needs_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    introduction = IntroductionFactory()
    task = ResearchTaskFactory(introduction=introduction, technology=introduction.match_request.technology)
    for _number in range(count):
        TaskPartnerFactory(research_task=task)
        OutcomeFactory(research_task=task, reported_by=UserFactory())
    client.force_login(create_staff())
    with django_assert_num_queries(10):
        assert client.get(reverse("research_task_detail", args=[task.pk])).status_code == 200


def test_research_task_detail_shows_the_lineage_and_the_totals(client):
    introduction = IntroductionFactory(match_request__score_when_requested=0.82)
    request = introduction.match_request
    task = ResearchTaskFactory(introduction=introduction, technology=request.technology)
    BudgetLineFactory(research_task=task)
    client.force_login(create_staff())
    page = client.get(reverse("research_task_detail", args=[task.pk]), headers={"accept-language": "ko"})
    html = page.content.decode()
    assert request.technology.title in html
    assert reverse("match_request_detail", args=[request.pk]) in html
    assert "7,000만원" in html  # total
    assert "4,000만원" in html  # balance


def test_research_task_detail_hides_the_demand_from_other_partners(client):
    demand = DemandFactory(title="비밀 수요")
    task = ResearchTaskFactory(demand=demand, technology=TechnologyFactory())
    holder = TaskPartnerFactory(research_task=task, role="provider").organisation
    TaskPartnerFactory(research_task=task, organisation=demand.organisation)
    seen = {}
    for name, organisation in {"holder": holder, "company": demand.organisation}.items():
        client.force_login(create_member(organisation=organisation))
        html = client.get(reverse("research_task_detail", args=[task.pk])).content.decode()
        seen[name] = "비밀 수요" in html
    assert seen == {"holder": False, "company": True}


def test_research_task_create_from_an_introduction_links_back(client):
    introduction = IntroductionFactory()
    request = introduction.match_request
    client.force_login(create_staff())
    url = f"{reverse('research_task_create')}?introduction={introduction.pk}"
    programme = ProgrammeFactory()
    page = client.get(url)
    assert page.status_code == 200
    assert ResearchTask.objects.count() == 0
    partner = f"{request.organisation.name} [{request.organisation.pk}]"
    response = client.post(url, form_data(programme, **{"partners-0-organisation": partner}))
    task = ResearchTask.objects.get()
    assert response.url == reverse("research_task_detail", args=[task.pk])
    assert (task.introduction, task.technology, task.ends_on) == (
        introduction,
        request.technology,
        date(2020, 6, 30),
    )
    assert [(p.organisation, p.role) for p in task.partners.all()] == [(request.organisation, "participant")]


def test_research_task_create_add_line_keeps_what_was_typed_and_stores_nothing(client):
    client.force_login(create_staff())
    data = form_data(ProgrammeFactory(), add_line="1", **{"partners-0-organisation": "없는 회사"})
    response = client.post(reverse("research_task_create"), data)
    assert "없는 회사" in response.content.decode()
    assert response.context["partners"].total_form_count() == 2
    assert ResearchTask.objects.count() == 0


def test_research_task_create_with_an_unknown_partner_says_so(client):
    client.force_login(create_staff())
    data = form_data(ProgrammeFactory(), **{"partners-0-organisation": "없는 회사"})
    response = client.post(reverse("research_task_create"), data)
    assert response.context["partners"].errors[0].keys() == {"organisation"}


def test_research_task_create_with_a_used_number_says_so(client):
    client.force_login(create_staff())
    task = ResearchTaskFactory(number="2019-07")
    response = client.post(reverse("research_task_create"), form_data(task.programme))
    assert response.context["form"].errors.keys() == {"number"}


@pytest.mark.parametrize("wanted", ["0", "abc", "99999999999999999999"])
def test_research_task_create_from_an_unknown_introduction_is_not_found(client, wanted):
    client.force_login(create_staff())
    assert client.get(f"{reverse('research_task_create')}?introduction={wanted}").status_code == 404


def test_research_task_edit_on_an_older_revision_keeps_what_was_typed(client):
    task = ResearchTaskFactory(revision=4)
    client.force_login(create_staff())
    url = reverse("research_task_edit", args=[task.pk])
    data = form_data(task.programme, number=task.number, title_ko="내가 쓴 이름")
    response = client.post(url, data | {"expected_revision": "3"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "내가 쓴 이름" in html
    assert 'value="4"' in html
    task.refresh_from_db()
    assert task.title_ko != "내가 쓴 이름"
    client.post(url, data | {"expected_revision": "4"})
    task.refresh_from_db()
    assert task.title_ko == "내가 쓴 이름"


def test_research_task_edit_end_before_start_is_refused(client):
    task = ResearchTaskFactory()
    client.force_login(create_staff())
    data = form_data(task.programme, number=task.number, ends_on="2019-06-30", expected_revision="1")
    response = client.post(reverse("research_task_edit", args=[task.pk]), data)
    assert response.context["form"].errors.keys() == {"ends_on"}


def test_research_task_move_asks_on_a_page_and_then_moves(client):
    task = ResearchTaskFactory()
    client.force_login(create_staff())
    url = reverse("research_task_move", args=[task.pk, "running"])
    assert client.get(url).status_code == 200
    assert ResearchTask.objects.get().state == "planned"
    client.post(url, {"expected_revision": 1})
    assert ResearchTask.objects.get().state == "running"


def test_research_task_move_without_evidence_leads_to_the_form(client):
    task = ResearchTaskFactory(evidence="")
    client.force_login(create_staff())
    response = client.post(reverse("research_task_move", args=[task.pk, "running"]), {"expected_revision": 1})
    assert response.url == reverse("research_task_edit", args=[task.pk])


def test_research_task_move_to_an_unknown_state_is_not_found(client):
    client.force_login(create_staff())
    url = reverse("research_task_move", args=[ResearchTaskFactory().pk, "nonsense"])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["research_task_edit", "budget_edit", "outcome_create"])
def test_changing_pages_refuse_evaluators_and_providers(client, name):
    partner = TaskPartnerFactory(role="provider")
    url = reverse(name, args=[partner.research_task.pk])
    statuses = []
    for user in [create_evaluator(), create_member(organisation=partner.organisation), UserFactory()]:
        client.force_login(user)
        statuses.append(client.get(url).status_code)
    assert statuses == [403, 403, 404]


def test_research_task_history_is_for_the_centre(client):
    partner = TaskPartnerFactory()
    url = reverse("research_task_history", args=[partner.research_task.pk])
    seen = []
    for user in [create_staff(), create_member(organisation=partner.organisation), UserFactory()]:
        client.force_login(user)
        seen.append(client.get(url).status_code)
    assert seen == [200, 403, 404]


@pytest.mark.parametrize("name", ["research_task_create", "research_task_edit", "budget_edit", "outcome_create"])
def test_forms_survive_an_empty_or_meaningless_post(client, name):
    task = ResearchTaskFactory()
    client.force_login(create_programme_admin())
    url = reverse(name, args=[] if name == "research_task_create" else [task.pk])
    junk = {"partners-TOTAL_FORMS": "-1", "expected_revision": "x", "q": "\x00", "title_ko": "\x00"}
    statuses = [client.post(url, data).status_code for data in ({}, junk, junk | {"add_line": "1"})]
    assert statuses == [200, 200, 200]


@pytest.mark.parametrize(
    "change",
    [
        {"starts_on": "9999-12-31"},
        {"starts_on": "0001-01-01"},
        {"partners-0-organisation": "가\x00나"},
        {"add_line": "1", "partners-TOTAL_FORMS": "9" * 5000},
    ],
)
def test_research_task_create_with_impossible_values_says_so(client, change):
    client.force_login(create_staff())
    response = client.post(reverse("research_task_create"), form_data(ProgrammeFactory(), **change))
    assert (response.status_code, ResearchTask.objects.count()) == (200, 0)
