"""Writing a demand, and drafts that save themselves."""

import time
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kr_ru_platform.web.fields import WonField
from matching.domain.needs.demands import edit_demand, write_demand
from matching.enums import DemandState
from matching.models import Demand
from tests.factories.demand import DemandFactory
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def form_data(company, **changes):
    return {
        "organisation": company.pk,
        "problem": "변압기 철심에서 열이 많이 납니다. 손실이 큽니다.",
        "wanted_result": "",
        "title": "",
        "field": "",
        "minimum_trl": "",
        "needed_by": "",
        "budget_krw": "",
        "direction": "ru_kr",
        "action": "open",
    } | changes


def page_of(demand):
    return reverse("demand_detail", args=[demand.pk])


def test_demand_create_opens_it_with_everything(client, company, member):
    client.post(
        reverse("demand_create"),
        form_data(
            company,
            wanted_result="손실 절반",
            field="metals",
            minimum_trl="6",
            needed_by="2099-05-01",
            budget_krw="1억 2,000만",
            transfer_modes=["licence", "manufacturing"],
        ),
    )
    demand = Demand.objects.get()
    assert (demand.organisation, demand.written_by, demand.state) == (company, member, "open")
    assert (demand.title, demand.wanted_result, demand.field) == (
        "변압기 철심에서 열이 많이 납니다",
        "손실 절반",
        "metals",
    )
    assert (demand.minimum_trl, str(demand.needed_by), demand.budget_krw) == (6, "2099-05-01", 120_000_000)
    assert (demand.transfer_modes, demand.direction) == (["licence", "manufacturing"], "ru_kr")


def test_demand_create_as_a_draft_needs_nothing(client, company, member):
    answer = client.post(reverse("demand_create"), form_data(company, problem="", action="draft"))
    demand = Demand.objects.get()
    assert (answer.status_code, answer.url, demand.state) == (302, page_of(demand), "draft")
    assert client.get(page_of(demand)).status_code == 200


def test_demand_create_open_without_a_problem_says_so_and_keeps_the_rest(client, company, member):
    answer = client.post(reverse("demand_create"), form_data(company, problem="", title="연마재"))
    assert answer.context["form"].errors.keys() == {"problem"}
    assert 'value="연마재"' in answer.content.decode()
    assert not Demand.objects.exists()


def test_demand_create_for_another_company_is_refused(client, company, member):
    foreign = OrganisationFactory()
    answer = client.post(reverse("demand_create"), form_data(foreign))
    assert answer.context["form"].errors.keys() == {"organisation"}
    assert not Demand.objects.exists()


def test_demand_create_by_staff_on_behalf_of_a_company(client, company):
    client.force_login(create_staff())
    client.post(reverse("demand_create"), form_data(company))
    assert Demand.objects.get().organisation == company


def test_demand_create_amount_in_dollars_is_refused_and_kept(client, company, member):
    answer = client.post(reverse("demand_create"), form_data(company, budget_krw="66만불"))
    assert answer.context["form"].errors == {"budget_krw": [str(WonField.default_error_messages["amount"])]}
    assert 'value="66만불"' in answer.content.decode()


def test_demand_create_a_million_characters_are_refused_clearly(client, company, member):
    answer = client.post(reverse("demand_create"), form_data(company, problem="열" * 1_000_000))
    with override("en"):
        assert answer.context["form"].errors == {
            "problem": ["Ensure this value has at most 20000 characters (it has 1000000)."]
        }
    assert "열" * 1_000_000 in answer.content.decode()


def test_demand_create_past_date_is_refused(client, company, member):
    answer = client.post(reverse("demand_create"), form_data(company, needed_by="2020-01-01"))
    assert answer.context["form"].errors.keys() == {"needed_by"}


def test_demand_with_script_is_shown_as_text(client, company, member):
    attack = "<script>alert(1)</script>"
    client.post(reverse("demand_create"), form_data(company, problem=attack, title=attack))
    demand = Demand.objects.get()
    for url in [page_of(demand), reverse("demand_list"), reverse("demand_edit", args=[demand.pk])]:
        page = client.get(url).content.decode()
        assert attack not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_demand_edit_of_an_open_one_adds_to_the_revision(client, company, member):
    demand = DemandFactory(organisation=company)
    client.post(
        reverse("demand_edit", args=[demand.pk]),
        form_data(company, problem="새로운 문제", title="제목", revision=1, action="save"),
    )
    demand.refresh_from_db()
    assert (demand.problem, demand.state, demand.revision) == ("새로운 문제", "open", 2)


def test_demand_edit_conflict_keeps_what_was_typed_and_shows_the_other_version(client, company, member):
    demand = DemandFactory(organisation=company)
    edit_demand(by=member, organisation=company, data={"problem": "동료가 고친 문제"}, demand=demand)
    url = reverse("demand_edit", args=[demand.pk])
    mine = form_data(company, problem="내가 고친 문제", title=demand.title, action="save")
    answer = client.post(url, mine | {"revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("내가 고친 문제" in page, "동료가 고친 문제" in page) == (True, True)
    demand.refresh_from_db()
    assert demand.problem == "동료가 고친 문제"
    client.post(url, mine | {"revision": answer.context["form"]["revision"].value()})
    demand.refresh_from_db()
    assert demand.problem == "내가 고친 문제"


def test_demand_create_from_an_old_page_keeps_what_was_typed(client, company, member):
    token = uuid4()
    draft = write_demand(by=member, organisation=company, data={"problem": "처음 글"}, draft_token=token)
    edit_demand(by=member, organisation=company, data={"problem": "나중 글"}, demand=draft)
    answer = client.post(reverse("demand_create"), form_data(company, problem="옛 화면의 글", draft_token=token))
    page = answer.content.decode()
    assert (answer.status_code, "옛 화면의 글" in page, "나중 글" in page) == (409, True, True)
    assert f'action="{reverse("demand_edit", args=[draft.pk])}"' in page
    assert Demand.objects.get().problem == "나중 글"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1억 2천만", "We read this as ₩120,000,000."), ("", ""), ("66만불", "Write an amount in won")],
)
def test_amount_reading_says_back_what_was_understood(client, member, typed, said):
    answer = client.get(reverse("amount_reading"), {"budget_krw": typed})
    assert answer.content.decode().startswith(said)


def test_demand_create_offers_drafts_begun_before(client, company, member):
    draft = DemandFactory(organisation=company, state=DemandState.DRAFT, written_by=member)
    colleagues = DemandFactory(organisation=company, state=DemandState.DRAFT)
    answer = client.get(reverse("demand_create"))
    assert list(answer.context["drafts"]) == [draft]
    assert reverse("demand_edit", args=[colleagues.pk]) not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_demand_create_works_while_the_broker_is_down(client, company, member, broker):
    broker.stop()
    begun = time.monotonic()
    client.post(reverse("demand_create"), form_data(company))
    assert time.monotonic() - begun < 3
    demand = Demand.objects.get()
    assert 'id="matches-scoring"' in client.get(page_of(demand)).content.decode()


def test_demand_autosave_creates_once_and_goes_on(client, company, member):
    data = form_data(company, draft_token=str(uuid4()))
    first = client.post(reverse("demand_autosave"), data).json()
    again = client.post(reverse("demand_autosave"), data).json()
    demand = Demand.objects.get()
    assert (
        first
        == again
        == {
            "saved_at": timezone.localtime(demand.updated_at).isoformat(timespec="seconds"),
            "revision": 1,
            "url": reverse("demand_autosave", args=[demand.pk]),
            "action": reverse("demand_edit", args=[demand.pk]),
            "edit_url": reverse("demand_edit", args=[demand.pk]),
        }
    )
    later = client.post(first["url"], data | {"title": "제목", "revision": 1}).json()
    demand.refresh_from_db()
    assert (later["revision"], demand.title, demand.state) == (2, "제목", "draft")


def test_demand_autosave_keeps_what_is_valid(client, company, member):
    data = form_data(company, budget_krw="66만불", draft_token=str(uuid4()))
    answer = client.post(reverse("demand_autosave"), data).json()
    assert answer["errors"].keys() == {"budget_krw"}
    assert Demand.objects.values_list("problem", "budget_krw").get() == (data["problem"], None)


def test_demand_autosave_of_a_stale_draft_is_a_conflict(client, company, member):
    demand = DemandFactory(organisation=company, state=DemandState.DRAFT, revision=5)
    url = reverse("demand_autosave", args=[demand.pk])
    assert client.post(url, form_data(company, revision=4)).status_code == 409


def test_demand_autosave_leaves_an_open_demand_alone(client, company, member):
    demand = DemandFactory(organisation=company)
    url = reverse("demand_autosave", args=[demand.pk])
    assert client.post(url, form_data(company, revision=1)).status_code == 409
    assert Demand.objects.get().revision == 1


def test_demand_autosave_by_staff_asks_for_the_company_first(client):
    client.force_login(create_staff())
    data = form_data(OrganisationFactory(), draft_token=str(uuid4()))
    answer = client.post(reverse("demand_autosave"), data | {"organisation": ""})
    assert (answer.status_code, Demand.objects.count()) == (422, 0)


def test_demand_autosave_moves_no_draft_to_another_company_and_a_press_takes_no_text_along(client, company):
    """What staff typed for one company is read by no member of the other one, in either direction."""
    other = OrganisationFactory()
    members = [create_member(organisation=organisation) for organisation in (company, other)]
    client.force_login(create_staff())
    data = form_data(company, problem="첫 기업의 비밀", action="draft", draft_token=str(uuid4()))
    saved = client.post(reverse("demand_autosave"), data).json()
    data |= {"organisation": other.pk, "revision": saved["revision"]}
    for address in (saved["url"], reverse("demand_autosave")):
        for problem in ("첫 기업의 비밀", "둘째 기업의 글"):
            answer = client.post(address, data | {"problem": problem})
            assert (answer.status_code, "“임시 저장”" in answer.json()["message"]) == (422, True)
    assert Demand.objects.values_list("organisation", "problem").get() == (company.pk, "첫 기업의 비밀")
    client.post(saved["action"], data | {"problem": "둘째 기업의 글"})
    demand = Demand.objects.get()
    assert (demand.organisation, demand.problem) == (other, "둘째 기업의 글")
    kept = demand.history.order_by("history_id").values_list("organisation", "problem")
    assert list(kept) == [(company.pk, "첫 기업의 비밀"), (other.pk, "둘째 기업의 글")]
    for member, status in zip(members, (404, 200), strict=True):
        client.force_login(member)
        answer = client.get(reverse("demand_history", args=[demand.pk]))
        assert (answer.status_code, "첫 기업" in answer.content.decode()) == (status, False)


def test_demand_autosave_conflict_names_the_other_person_or_the_other_window(client, company, member):
    colleague = create_member(organisation=company)
    draft = write_demand(by=member, organisation=company, data={"problem": "하나"}, keep_history=False)
    edit_demand(by=colleague, organisation=company, data={"problem": "둘"}, demand=draft, keep_history=False)
    said = []
    for person in (member, colleague):
        client.force_login(person)
        answer = client.post(reverse("demand_autosave", args=[draft.pk]), form_data(company, revision=1))
        said.append((answer.status_code, answer.json()["message"]))
    assert said == [
        (409, "Somebody else has changed this demand."),
        (409, "You have changed this demand in another window."),
    ]
