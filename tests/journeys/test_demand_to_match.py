"""A company writes what it needs, in Korean, and the matches come by themselves."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from matching.enums import DemandState
from matching.models import Demand
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, components, pair, record_scoring
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)
PROBLEM = "배전용 변압기를 만드는데 철심에서 열이 많이 납니다. 비정질 합금으로 자화 손실을 줄이고 싶습니다."


@pytest.fixture
def company():
    return OrganisationFactory(name_ko="㈜한빛전기")


@pytest.fixture
def member(company, log_in):
    user = create_member(organisation=company)
    log_in(user)
    return user


@pytest.fixture
def wire():
    return TechnologyFactory(
        text__title="Аморфный сплав для сердечников трансформаторов",
        text__summary="Аморфный сплав снижает потери на перемагничивание в сердечниках трансформаторов.",
        text__description="Потери в сердечнике трансформатора и его нагрев ниже в три раза.",
    )


def write_demand(page, live_server):
    page.goto(live_server.url + reverse("demand_create"))
    page.fill("#id_problem", PROBLEM)
    page.fill("#id_budget_krw", "1억 2천만")
    expect(page.locator("#amount-reading")).to_contain_text("1억 2,000만원")
    page.locator("button[name=action][value=open]").click()


def test_matches_come_without_a_reload(page, live_server, member, wire, real_worker):
    real_worker.kill()
    write_demand(page, live_server)
    expect(page.locator("#matches-scoring")).to_be_visible()
    demand = Demand.objects.get()
    assert page.url == live_server.url + reverse("demand_detail", args=[demand.pk])
    page.evaluate("window.isSamePage = true")

    real_worker.start()
    match = page.locator("#matches .list > li")
    expect(match).to_have_count(1, timeout=90_000)
    assert page.evaluate("window.isSamePage")
    expect(match.locator("h3 [lang=ru]")).to_have_text("Аморфный сплав для сердечников трансформаторов")
    expect(page.locator("#matches-scoring")).to_have_count(0)
    expect(page.locator("#live")).not_to_be_empty()

    match.locator("h3 a").click()
    expect(page.locator(".two-texts [lang=ko]").first).to_be_visible()
    expect(page.locator(".two-texts [lang=ru]").first).to_be_visible()
    page.locator(f"a[href^='{reverse('match_request_create', args=[wire.pk])}']").first.click()
    expect(page.locator("textarea[name=message]")).to_be_visible()


def test_draft_saves_itself_and_is_found_again(page, live_server, member):
    page.goto(live_server.url + reverse("demand_create"))
    page.fill("#id_problem", PROBLEM)
    expect(page.locator(".autosave")).to_have_attribute("data-state", "saved")
    page.fill("#id_budget_krw", "66만불")
    expect(page.locator(".autosave")).to_have_attribute("data-state", "error")
    draft = Demand.objects.get()
    assert (draft.problem, draft.budget_krw, draft.state) == (PROBLEM, None, "draft")

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(live_server.url + reverse("demand_create"))
    page.locator(f"a[href='{reverse('demand_edit', args=[draft.pk])}']").click()
    expect(page.locator("#id_problem")).to_have_value(PROBLEM)


def test_demand_is_written_without_scripts(browser, live_server, context, member):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(live_server.url + reverse("demand_create"))
    page.locator("main button[value=open]").click()
    expect(page.locator(".error-summary a")).to_have_attribute("href", "#id_problem")
    page.fill("#id_problem", PROBLEM)
    page.locator("button[value=draft]").click()
    page.locator("form[action$='/open/'] button").click()
    expect(page.locator("#matches-scoring a")).to_be_visible()
    assert Demand.objects.get().state == "open"
    plain.close()


@pytest.fixture
def pages(company, member):
    """Every page of demands, profiles and matches, with something on it."""
    parts = components()
    parts[0]["evidence"] = {"pairs": [pair(), pair(offer_audience=2)]}
    demand = DemandFactory(organisation=company, minimum_trl=6, budget_krw=10**8)
    draft = DemandFactory(organisation=company, state=DemandState.DRAFT, title="", written_by=member)
    waiting = DemandFactory(organisation=company)
    profile = CompanyProfileFactory(organisation=company)
    match = MatchFactory(demand=demand, components=parts)
    MatchFactory(demand=None, profile=profile, technology=match.technology)
    record_scoring(demand=demand)
    record_scoring(profile=profile)
    names = [("demand_detail", demand), ("demand_detail", draft), ("demand_detail", waiting)]
    names += [("demand_edit", draft), ("demand_edit", demand), ("demand_close", demand), ("match_detail", match)]
    own = [reverse(name, args=[row.pk]) for name, row in names]
    return {
        "member": [*own, reverse("demand_list"), reverse("demand_create"), reverse("company_profile")],
        "staff": [
            reverse("demand_list"),
            reverse("demand_create"),
            reverse("match_detail", args=[match.pk]),
            reverse("technology_matches", args=[match.technology_id]),
        ],
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("reader", ["member", "staff"])
def test_pages_have_no_fault(page, live_server, log_in, pages, reader, width):
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    if reader == "staff":
        log_in(create_staff())
    page.set_viewport_size({"width": width, "height": 900})
    for address in pages[reader]:
        answer = page.goto(live_server.url + address)
        found = Axe().run(page).response["violations"]
        faults = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
        assert (address, answer.status, faults) == (address, 200, [])
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert messages == []
