"""A visitor with the Korean interface searches, narrows down, shares, opens and prints."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from matching.domain.index.indexing import index_technologies
from matching.enums import Field, Provenance, TransferMode
from tests.factories.match_request import MatchRequestFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coatings():
    """Two coatings of different readiness, and something else."""
    ready = TechnologyFactory(
        field=Field.METALS,
        trl=8,
        transfer_modes=[TransferMode.LICENCE],
        text__title="Плазменное покрытие лопаток",
        text__summary="Покрытие из диоксида циркония держит 1300 °C.",
    )
    TechnologyTextFactory(
        technology=ready,
        language="ko",
        provenance=Provenance.HUMAN,
        title="터빈 날개용 플라스마 코팅",
        summary="지르코니아 코팅이 1300 °C를 견딥니다.",
    )
    early = TechnologyFactory(
        field=Field.CHEMISTRY,
        trl=3,
        text__title="Антикоррозионное покрытие",
        text__summary="Тонкое покрытие для труб.",
    )
    other = TechnologyFactory(text__title="Аморфный провод", text__summary="Лента из расплава.")
    return ready, early, other


@pytest.fixture
def index(coatings):
    index_technologies(technology_ids=[technology.pk for technology in coatings])


def shown(page):
    return page.locator("#results .list > li").evaluate_all("items => items.map(item => item.id)")


def search(page, live_server, words):
    page.goto(f"{live_server.url}/technologies/")
    page.evaluate("window.isSamePage = true")
    page.locator("#catalogue-query").fill(words)
    page.locator("#catalogue-query").press("Enter")
    page.wait_for_url(re.compile(r"\?q="))


def test_visitor_searches_narrows_down_and_shares(page, live_server, coatings, index, context):
    ready, early, _other = coatings
    search(page, live_server, "покрытие")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert {f"technology-{ready.pk}", f"technology-{early.pk}"} <= set(shown(page))
    expect(page.locator(f"#technology-{early.pk} mark").first).to_have_text("покрытие")

    page.locator("#facet-trl-7-9").check()
    page.wait_for_url(re.compile(r"trl=7-9"))
    expect(page.locator("#results .list > li")).to_have_count(1)
    assert shown(page) == [f"technology-{ready.pk}"]
    # The page was not loaded anew: the focus stays, and the number is spoken.
    assert page.evaluate("window.isSamePage")
    assert page.evaluate("document.activeElement.id") == "facet-trl-7-9"
    expect(page.locator("#live")).to_have_text(page.locator("#result-count").inner_text())

    page.go_back()
    expect(page.locator("#facet-trl-7-9")).not_to_be_checked()
    assert {f"technology-{ready.pk}", f"technology-{early.pk}"} <= set(shown(page))
    page.go_forward()
    expect(page.locator("#facet-trl-7-9")).to_be_checked()
    expect(page.locator("#facet-trl-7-9")).to_be_visible()

    friend = context.new_page()
    friend.goto(page.url)
    assert shown(friend) == [f"technology-{ready.pk}"]
    assert friend.locator("#facet-trl-7-9").is_checked()

    page.locator("#results .chip").click()
    page.wait_for_url(lambda url: "trl" not in url)
    assert {f"technology-{ready.pk}", f"technology-{early.pk}"} <= set(shown(page))
    page.go_back()
    expect(page.locator("#facet-trl-7-9")).to_be_checked()


def test_a_new_query_ranks_by_relevance_and_asks_once(page, live_server, coatings, index):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/technologies/?" in request.url else None)
    page.goto(f"{live_server.url}/technologies/")
    box = page.locator("#catalogue-query")
    box.press_sequentially("покрытие")
    box.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    expect(page.locator("#catalogue-sort")).to_have_value("relevance")
    assert len(asked) == 1
    assert "sort=" not in page.url

    page.locator("#catalogue-sort").select_option("title")
    page.wait_for_url(re.compile(r"sort=title"))
    assert len(asked) == 2

    # Another query is another question; the button asks once too.
    box.fill("провод")
    page.locator("#catalogue button[type=submit]").first.click()
    page.wait_for_url(lambda url: "sort=" not in url)
    expect(page.locator("#catalogue-sort")).to_have_value("relevance")
    assert len(asked) == 3

    box.fill("")
    box.press("Enter")
    page.wait_for_url(lambda url: "q=" not in url)
    expect(page.locator("#catalogue-sort")).to_have_value("newest")
    page.wait_for_timeout(300)
    assert len(asked) == 4


def test_visitor_opens_a_profile_and_is_told_how_to_go_on(page, live_server, coatings, index):
    ready = coatings[0]
    search(page, live_server, "코팅")
    page.locator(f"#technology-{ready.pk} a").click()

    expect(page.locator("h1")).to_have_text("터빈 날개용 플라스마 코팅")
    expect(page.locator("h1")).to_have_attribute("lang", "ko")
    expect(page.locator("#locked")).to_be_visible()
    page.locator(".tabs a[hreflang=ru]").click()
    expect(page.locator("h1")).to_have_text("Плазменное покрытие лопаток")
    page.locator("aside a.button").click()
    page.wait_for_url(re.compile(rf"/accounts/login/\?next=.*{ready.pk}"))


def test_profile_prints_on_one_page(page, live_server, coatings):
    page.goto(f"{live_server.url}/technologies/{coatings[0].pk}/")
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main dl.facts")).to_be_visible()
    assert page.locator("button:visible, .button:visible, nav:visible").count() == 0
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_search_pages_have_no_fault(page, live_server, coatings, index, width):
    page.set_viewport_size({"width": width, "height": 900})
    for address in (
        "?q=покрытие&field=metals&trl=abc",
        "?field=it",
        f"{coatings[0].pk}/",
        f"{coatings[0].pk}/?text=ru",
    ):
        check(page, f"{live_server.url}/technologies/{address}")


@pytest.mark.parametrize("width", [1280, 390])
def test_profile_for_staff_has_no_fault(page, live_server, coatings, log_in, width):
    MatchRequestFactory(technology=coatings[0])
    ResearchTaskFactory(technology=coatings[0])
    log_in(create_staff())
    page.set_viewport_size({"width": width, "height": 900})
    check(page, f"{live_server.url}/technologies/{coatings[0].pk}/")


def check(page, address):
    page.goto(address)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_filters_work_without_scripts(browser, live_server, coatings):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/technologies/")
    page.locator("details[data-open-on-wide] > summary").click()
    page.locator("#facet-field-chemistry").check()
    page.locator("details[data-open-on-wide] button[type=submit]").click()

    assert "field=chemistry" in page.url
    expect(page.locator("#results .list > li")).to_have_count(1)
    context.close()
