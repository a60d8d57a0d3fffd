"""Somebody asks in a list why a match stands there."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from matching.models import Demand, Match
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, components, pair, record_scoring
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demand(log_in):
    demand = DemandFactory(minimum_trl=8, budget_krw=120_000_000)
    log_in(create_member(organisation=demand.organisation))
    return demand


@pytest.fixture
def matches(demand):
    parts = components()
    parts[0]["evidence"] = {"pairs": [pair(), pair(need_text="변압기 소재", offer_text="Материал трансформатора")]}
    made = [MatchFactory(demand=demand, components=parts) for _number in range(2)]
    record_scoring(demand=demand)
    return made


@pytest.fixture
def listed(page, live_server, demand, matches):
    page.goto(live_server.url + reverse("demand_detail", args=[demand.pk]))
    return page


def question(page, match):
    return page.locator(f"#why-question-{match.pk}")


def answer(page, match):
    return page.locator(f"#why-text-{match.pk}")


def expect_no_fault(page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_cards_are_opened_with_the_keyboard(listed, matches):
    messages, first = [], matches[0]
    listed.on("console", lambda message: messages.append(message.text))
    listed.locator(f"#match-{first.pk} h3 a").focus()
    listed.keyboard.press("Tab")
    expect(question(listed, first)).to_be_focused()
    assert answer(listed, first).get_attribute("aria-busy") == "false"
    for match in matches:
        question(listed, match).press("Enter")
        expect(answer(listed, match).locator(".two-texts mark").first).to_be_visible()
        expect(question(listed, match)).to_be_focused()
        expect(answer(listed, match)).not_to_have_attribute("aria-busy", "true")
    expect(listed.locator("#live")).to_have_text(answer(listed, first).get_attribute("data-announce"))
    expect_no_fault(listed)

    question(listed, first).press("Enter")
    expect(answer(listed, first)).not_to_be_visible()
    assert messages == []


def test_part_is_busy_while_the_server_works(listed, matches):
    match, waiting = matches[0], []
    listed.route("**/matches/*/", lambda route: waiting.append(route))
    question(listed, match).press("Enter")
    expect(answer(listed, match)).to_have_attribute("aria-busy", "true")
    expect(answer(listed, match).locator(".spinner")).to_be_visible()
    question(listed, match).press("Enter")
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(answer(listed, match)).not_to_have_attribute("aria-busy", "true")
    question(listed, match).press("Enter")
    expect(answer(listed, match).locator(".two-texts").first).to_be_visible()


def test_part_that_could_not_be_had_is_asked_for_again(listed, matches):
    match = matches[0]
    listed.route("**/matches/*/", lambda route: route.abort(), times=1)
    question(listed, match).press("Enter")
    expect(listed.locator("#messages .notice--error")).to_be_visible()
    expect(answer(listed, match)).to_have_attribute("aria-busy", "false")
    question(listed, match).press("Enter")
    expect(answer(listed, match).locator(".list")).to_have_count(1)


def test_who_is_logged_out_meanwhile_is_asked_to_log_in_beside_the_page(listed, matches, context):
    context.clear_cookies()
    question(listed, matches[0]).press("Enter")
    expect(listed.locator("#session-over")).to_be_visible()
    expect(listed.locator("#session-over")).to_contain_text("로그인이 만료되었습니다")


def test_opened_card_stays_while_the_list_comes_up_to_date(page, live_server, demand, matches):
    first, second = matches
    Demand.objects.update(revision=2)
    page.goto(live_server.url + reverse("demand_detail", args=[demand.pk]))
    for match in matches:
        question(page, match).press("Enter")
        expect(answer(page, match).locator(".list")).to_be_visible()
    # Scored anew: what was said of the old score must go.
    Match.objects.filter(pk=second.pk).update(score=0.5, scored_at=demand.created_at)
    demand.refresh_from_db()
    record_scoring(demand=demand)
    expect(page.locator("#matches-scoring")).to_have_count(0)
    expect(answer(page, first).locator(".list")).to_be_visible()
    expect(answer(page, second)).not_to_be_visible()
    expect(question(page, second)).to_be_focused()


def test_going_back_and_on_shows_the_page_and_not_the_part(listed, matches):
    match = matches[0]
    listed.locator(f"#match-{match.pk} h3 a").click()
    expect(listed.locator("#scorer")).to_be_visible()
    listed.go_back()
    question(listed, match).press("Enter")
    expect(answer(listed, match).locator(".list")).to_be_visible()
    listed.go_forward()
    expect(listed.locator("#scorer")).to_be_visible()


def test_centre_asks_the_same_in_the_list_of_a_technology(page, live_server, log_in, demand):
    technology = TechnologyFactory()
    match = MatchFactory(technology=technology, demand=demand)
    log_in(create_staff())
    page.goto(live_server.url + reverse("technology_matches", args=[technology.pk]))
    question(page, match).press("Enter")
    expect(answer(page, match).locator(".two-texts").first).to_be_visible()
    expect_no_fault(page)


def test_without_scripts_a_link_leads_to_the_page(browser, live_server, context, demand, matches):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(live_server.url + reverse("demand_detail", args=[demand.pk]))
    question(page, matches[0]).press("Enter")
    expect(answer(page, matches[0]).locator(".spinner")).not_to_be_visible()
    page.locator(f"#match-{matches[0].pk} details a").click()
    expect(page.locator("#scorer")).to_be_visible()
    plain.close()
