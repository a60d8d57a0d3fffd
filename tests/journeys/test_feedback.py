"""A company takes a technology out of its list, puts it back, and says what matters more to it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from matching.models import Demand, Feedback
from tests.factories.demand import DemandFactory
from tests.factories.match import make_scored, record_scoring
from tests.factories.membership import create_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demand(log_in):
    demand = DemandFactory()
    log_in(create_member(organisation=demand.organisation))
    return demand


@pytest.fixture
def listed(demand):
    """Two matches, in this order: close in meaning, and ready."""
    matches = [make_scored(demand, meaning=0.6, readiness=0.0), make_scored(demand, meaning=0.5, readiness=0.5)]
    record_scoring(demand=demand)
    return matches


def expect_order(page, matches):
    rows = page.locator("#matches ol.list > li")
    expect(rows).to_have_count(len(matches))
    for place, match in enumerate(matches):
        expect(rows.nth(place)).to_have_id(f"match-{match.pk}")


def expect_no_fault(page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_list_without_a_technology_and_in_another_order(page, live_server, demand, listed):
    near, ready = listed
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(live_server.url + reverse("demand_detail", args=[demand.pk]))
    page.evaluate("window.isSamePage = true")
    expect_order(page, [near, ready])

    page.locator(f"#judge-link-{near.pk}").click()
    form = page.locator(f"#not-relevant-{near.pk}")
    form.locator("select").select_option("known")
    expect_no_fault(page)
    form.locator("button[type=submit]").dblclick()
    expect_order(page, [ready])
    expect(page.locator("#matches .notice--success")).to_be_focused()
    expect(page.locator("#live")).not_to_be_empty()
    page.locator("#marked > summary").click()
    expect_no_fault(page)
    assert list(Feedback.objects.values_list("verdict", "reason")) == [("not_relevant", "known")]

    page.locator("#marked button").click()
    expect_order(page, [near, ready])
    expect(page.locator("#marked")).to_have_count(0)

    page.locator("#preferences > summary").click()
    page.locator("#preferences input[name=readiness][value=more]").check()
    page.locator("#preferences input[name=meaning][value=less]").check()
    page.locator("#preferences-save").click()
    expect_order(page, [ready, near])
    expect(page.locator("#preferences-words")).to_be_visible()
    expect(page.locator("#preferences-save")).to_be_focused()
    expect_no_fault(page)
    assert Demand.objects.get().preferences == {"readiness": "more", "meaning": "less"}

    page.locator("#preferences-reset button").click()
    expect_order(page, [near, ready])
    assert page.evaluate("window.isSamePage")
    assert messages == []


def test_open_questions_stay_while_the_list_comes_up_to_date(page, live_server, demand, listed):
    near, ready = listed
    Demand.objects.update(revision=2)
    page.goto(live_server.url + reverse("demand_detail", args=[demand.pk]))
    page.locator(f"#judge-link-{near.pk}").click()
    text = page.locator(f"#not-relevant-{near.pk} textarea")
    text.fill("이미 씁니다")
    page.locator("#preferences > summary").click()
    page.locator("#preferences input[name=field][value=more]").check()
    expect(page.locator("#matches-scoring")).to_be_visible()
    demand.refresh_from_db()
    record_scoring(demand=demand)
    expect(page.locator("#matches-scoring")).to_have_count(0)
    expect(text).to_have_value("이미 씁니다")
    expect(page.locator("#preferences input[name=field][value=more]")).to_be_checked()


def test_the_same_without_scripts(browser, live_server, context, demand, listed):
    near, ready = listed
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(live_server.url + reverse("demand_detail", args=[demand.pk]))
    page.locator(f"#judge-link-{near.pk}").click()
    page.locator(f"#not-relevant-{near.pk} textarea").fill("이미 씁니다")
    page.locator(f"#not-relevant-{near.pk} button").click()
    expect_order(page, [ready])
    page.locator("#marked > summary").click()
    page.locator("#marked button").click()
    page.locator("#preferences > summary").click()
    page.locator("#preferences input[name=readiness][value=more]").check()
    page.locator("#preferences input[name=meaning][value=less]").check()
    page.locator("#preferences-save").click()
    expect_order(page, [ready, near])
    plain.close()
