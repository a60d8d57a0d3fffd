"""The whole path in Korean with a real worker: import → demand → match → request → introduction →
research task → budget → outcome → statistics."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import Group
from matching.models import Match, MatchRequest, Technology
from projects.models import Outcome, ResearchTask
from tests.factories.membership import create_member
from tests.factories.programme import ProgrammeFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db(transaction=True)

# Source texts in Russian and English only: a Korean demand must find them all the same.
ROWS = [
    {
        "id": "ru-1",
        "lang": "ru",
        "title": "Аморфный сплав для сердечников трансформаторов",
        "text": "Лента из аморфного сплава снижает потери в сердечнике трансформатора в три раза. "
        "Сплав получают быстрым охлаждением расплава.",
    },
    {
        "id": "en-1",
        "lang": "en",
        "title": "Probiotic starter for dairy products",
        "text": "A starter culture of lactic acid bacteria for yoghurt and cheese with a long shelf life.",
    },
    {
        "id": "ru-2",
        "lang": "ru",
        "title": "Дистанционный мониторинг лесных пожаров",
        "text": "Система распознаёт дым на спутниковых снимках и предупреждает лесничество.",
    },
    {"id": "bad", "lang": "xx", "title": "No such language", "text": "This row has an error."},
]
PROBLEM = "변압기 철심의 전력 손실이 커서 열이 많이 납니다. 손실이 적은 금속 소재를 찾습니다."


@pytest.fixture
def import_file(tmp_path):
    file = tmp_path / "technologies.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    return file


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def import_technologies(page: Page, url: str, file, log_in) -> None:
    """One person uploads the file, another publishes what is in it."""
    page.goto(f"{url}/curation/imports/")
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="무엇을 할까요?")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("알 수 없는 언어입니다.")).to_be_visible()
    checked = page.url
    log_in(create_staff())
    page.goto(checked)
    page.get_by_label("바로 공개").check()
    press(page, "가져오기")
    expect(page.get_by_role("link", name="기술 보기")).to_be_visible(timeout=15_000)


def write_demand(page: Page, url: str) -> None:
    page.goto(f"{url}/demands/new/")
    page.locator("#id_problem").fill(PROBLEM)
    page.locator("#id_title").fill("손실이 적은 변압기 철심 소재")
    press(page, "기술 찾기")
    expect(page).to_have_url(re.compile(r"/demands/\d+/$"))
    page.evaluate("window.isSamePage = true")
    expect(page.get_by_text("Аморфный сплав для сердечников трансформаторов").first).to_be_visible(timeout=15_000)
    # It filled in by itself: the page was not loaded again.
    assert page.evaluate("window.isSamePage") is True


def request_introduction(page: Page) -> None:
    page.get_by_role("main").get_by_text("이 기술을 찾은 이유").first.click()
    expect(page.get_by_role("heading", name="점수의 구성")).to_be_visible()
    expect(page.locator(".two-texts [lang=ru]").first).to_be_visible()
    follow(page, "Аморфный сплав для сердечников трансформаторов")
    expect(page.get_by_role("heading", name="점수의 구성", level=2)).to_be_visible()
    follow(page, "연결 신청")
    page.locator("#id_message").fill("시료를 시험해 보고 싶습니다.")
    press(page, "신청 보내기")
    expect(page.get_by_text("신청을 센터에 보냈습니다.")).to_be_visible()


def introduce(page: Page, url: str) -> None:
    page.goto(f"{url}/curation/requests/")
    follow(page, "Аморфный сплав для сердечников трансформаторов")
    follow(page, "수락")
    page.locator("#id_body").fill("보유기관에 연락하겠습니다.")
    press(page, "신청 수락")
    follow(page, "연결 등록")
    page.locator("#id_introduced_on").fill("2026-11-20")
    page.locator("#id_holder_contact").fill("Отдел внешних связей")
    press(page, "연결 등록")
    follow(page, "과제로 등록")


def start_research_task(page: Page, programme) -> None:
    page.locator("#id_programme").select_option(str(programme.pk))
    page.locator("#id_number").fill("2026-01")
    page.locator("#id_title_ko").fill("저손실 철심 소재 현지화")
    page.locator("#id_field").select_option("metals")
    page.locator("#id_evidence").fill("러시아 연구소의 기술 자료 12쪽")
    page.get_by_label("현지화형", exact=False).first.check()
    page.locator("#id_starts_on").fill("2026-12-01")
    press(page, "저장")
    expect(page.get_by_text("과제를 등록하였습니다.")).to_be_visible()


def plan_budget(page: Page, url: str, research_task: ResearchTask) -> None:
    page.goto(f"{url}/research-tasks/{research_task.pk}/budget/")
    row = page.locator("input[name$='-government_krw']").first
    row.fill("7,000만")
    page.locator("input[name$='-company_cash_krw']").first.fill("1000만")
    page.locator("input[name$='-company_in_kind_krw']").first.fill("500만")
    press(page, "저장")
    expect(page.get_by_text("예산을 저장하였습니다.")).to_be_visible()
    expect(page.get_by_text("8,500만원").first).to_be_visible()


def report_outcome(page: Page, url: str, research_task: ResearchTask) -> None:
    page.goto(f"{url}/research-tasks/{research_task.pk}/outcomes/new/")
    page.locator("#id_kind").select_option("exports")
    page.locator("#id_value").fill("12만")
    page.locator("#id_currency").select_option("USD")
    page.locator("#id_period_start").fill("2027-01-01")
    page.locator("#id_period_end").fill("2027-12-31")
    page.locator("#id_evidence").fill("수출신고필증 3부")
    press(page, "저장")
    expect(page.get_by_text("성과를 ‘보고됨’ 상태로 등록하였습니다.")).to_be_visible()


def test_whole_path(page, live_server, log_in, real_worker, import_file, settings, tmp_path):
    url = live_server.url
    staff, company = create_staff(), create_member()
    manager = UserFactory(in_groups=[Group.CENTRE_STAFF, Group.PROGRAMME_ADMIN])
    programme = ProgrammeFactory(year=2026)

    def act_as(user):
        # What a page of the former session still asks would be answered with the end of the new one's cookie.
        page.goto("about:blank")
        log_in(user)

    act_as(staff)
    import_technologies(page, url, import_file, act_as)
    assert Technology.objects.published().count() == 3

    act_as(company)
    write_demand(page, url)
    request_introduction(page)
    asked = MatchRequest.objects.get()
    assert (asked.technology.external_id, asked.demand.organisation) == ("ru-1", asked.organisation)

    act_as(staff)
    introduce(page, url)
    start_research_task(page, programme)
    research_task = ResearchTask.objects.get()
    assert research_task.introduction.match_request == asked

    act_as(manager)
    plan_budget(page, url, research_task)
    act_as(staff)
    report_outcome(page, url, research_task)
    act_as(manager)
    page.goto(f"{url}/outcomes/{Outcome.objects.get().pk}/verify/")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("수치를 검증하였습니다.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{url}/statistics/?year=2026")
    expect(page.get_by_text("저손실 철심 소재 현지화").first).to_be_visible()
    expect(page.get_by_text("120,000").first).to_be_visible()
    assert Match.objects.filter(technology=asked.technology).exists()

    act_as(company)
    page.goto(f"{url}/requests/")
    expect(page.get_by_text("연결 완료").first).to_be_visible()
