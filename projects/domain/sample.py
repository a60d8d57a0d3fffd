"""The eleven research tasks of 2019, the agreements and the events of the centre's report.

The report gives the programme's total of 780 million won and the number of tasks by type, but
no amount per task: the budget lines are illustrative and marked so. They add up to the total.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from matching.enums import Direction
from matching.models import Technology
from projects.enums import CostItem, Currency, OutcomeKind, OutcomeStatus, PartnerRole, TaskState, TaskType
from projects.models import (
    Agreement,
    BudgetLine,
    CooperationEvent,
    Outcome,
    Programme,
    ResearchTask,
    TaskPartner,
)

FOLDER = Path(__file__).resolve().parent.parent / "sample"
PREFIX = "sample-"
STARTS_ON = date(2019, 7, 1)
ENDS_ON = {
    TaskType.SHORT_TERM: date(2019, 12, 31),
    TaskType.LOCALISATION: date(2020, 6, 30),
    TaskType.ORIGINAL: date(2021, 6, 30),
}
# Illustrative government grants in won: 4 × 40 + 5 × 76 + 2 × 120 = 780 million.
GRANT = {TaskType.SHORT_TERM: 40_000_000, TaskType.LOCALISATION: 76_000_000, TaskType.ORIGINAL: 120_000_000}
# Cost item → share of the grant, of the company's cash (a tenth of the grant) and of its
# contribution in kind (three twentieths of the grant), in percent.
SHARES = {
    CostItem.PERSONNEL: (40, 0, 100),
    CostItem.MATERIALS: (25, 50, 0),
    CostItem.EQUIPMENT: (20, 50, 0),
    CostItem.ACTIVITIES: (10, 0, 0),
    CostItem.INDIRECT: (5, 0, 0),
}
YEAR_2019 = {"period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)}
# The report contradicts itself: both figures stand, neither counts until it is settled.
OUTCOMES: list[dict[str, Any]] = [
    {
        "number": "2019-02",
        "kind": OutcomeKind.DOMESTIC_SALES,
        "value": Decimal(800_000_000),
        "currency": Currency.KRW,
        "status": OutcomeStatus.CLAIMED,
        "evidence": "2019년 사업 성과 보고: “제품 상용화 개발을 통해 국내 약 8억원 매출 발생”",
        "status_note": "보고서의 사업 전체 국내 매출(8억)과 금액이 같아 다른 과제의 매출은 확인되지 않습니다.",
    },
    {
        "number": "2019-07",
        "kind": OutcomeKind.EXPORTS,
        "value": Decimal(660_000),
        "currency": Currency.USD,
        "country": "RU",
        "status": OutcomeStatus.DISPUTED,
        "evidence": "2019년 사업 성과 보고: 사업 전체 “해외 매출 66만불”",
        "status_note": "같은 보고서의 다른 곳에는 66억불로 적혀 있습니다.",
    },
    {
        "number": "2019-07",
        "kind": OutcomeKind.EXPORTS,
        "value": Decimal(6_600_000_000),
        "currency": Currency.USD,
        "country": "RU",
        "status": OutcomeStatus.DISPUTED,
        "evidence": "2019년 사업 성과 보고: 머플러 과제 “해외 매출 66억불 달성”",
        "status_note": "사업 예산 7억 8,000만원에 비해 비현실적인 금액이며, 66만불의 오기로 보입니다.",
    },
]


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def organisation(key: str) -> Organisation:
    return Organisation.objects.get(external_id=PREFIX + key)


@transaction.atomic
def load_sample_research_tasks() -> int:
    """Load what is missing; the number of research tasks in the sample."""
    programme, _ = Programme.objects.get_or_create(
        code="kr-ru-2019",
        defaults={
            "year": 2019,
            "name_ko": "2019년 한·러 기술협력 사업",
            "name_ru": "Программа технологического сотрудничества Корея – Россия, 2019",
            "name_en": "Korea–Russia technology cooperation programme 2019",
            "budget_krw": Decimal(780_000_000),
        },
    )
    rows = read("research_tasks.json")
    for row in rows:
        load_research_task(row=row, programme=programme)
    return len(rows)


def load_research_task(*, row: dict[str, Any], programme: Programme) -> None:
    task_type = TaskType(row["task_type"])
    task, is_new = ResearchTask.objects.get_or_create(
        number=row["number"],
        defaults={
            "programme": programme,
            "title_ko": row["title_ko"],
            "title_ru": row["title_ru"],
            "title_en": row["title_en"],
            "task_type": task_type,
            "direction": row.get("direction", Direction.RUSSIA_TO_KOREA),
            "field": row["field"],
            "state": TaskState.COMPLETED,
            "starts_on": STARTS_ON,
            "ends_on": ENDS_ON[task_type],
            "technology": Technology.objects.get(external_id=PREFIX + row["technology"]),
            "evidence": row.get("evidence", "2019년 사업 성과 보고의 과제 추진현황 표"),
            "has_illustrative_amounts": True,
        },
    )
    if not is_new:
        return
    partners = {organisation("kitech"): PartnerRole.LEAD, organisation(row["organisation"]): PartnerRole.PARTICIPANT}
    for partner, role in partners.items():
        TaskPartner.objects.create(research_task=task, organisation=partner, role=role)
    load_budget(task=task, grant=GRANT[task_type])
    for outcome in OUTCOMES:
        if outcome["number"] == row["number"]:
            fields = {name: value for name, value in outcome.items() if name != "number"}
            if outcome["status"] != OutcomeStatus.CLAIMED:
                fields["checked_at"] = timezone.now()
            Outcome.objects.create(research_task=task, **YEAR_2019, **fields)


def load_budget(*, task: ResearchTask, grant: int) -> None:
    for cost_item, (government_share, cash_share, in_kind_share) in SHARES.items():
        government = Decimal(grant * government_share // 100)
        cash = Decimal(grant // 10 * cash_share // 100)
        in_kind = Decimal(grant * 15 // 100 * in_kind_share // 100)
        BudgetLine.objects.create(
            research_task=task,
            cost_item=cost_item,
            government_krw=government,
            company_cash_krw=cash,
            company_in_kind_krw=in_kind,
            total_krw=government + cash + in_kind,
            spent_krw=government + cash + in_kind,
        )


@transaction.atomic
def load_sample_network() -> None:
    network = read("network.json")
    for row in network["agreements"]:
        Agreement.objects.get_or_create(
            organisation=organisation(row["organisation"]),
            focus=row["focus"],
            defaults={"signed_text": "2019"},
        )
    for row in network["events"]:
        CooperationEvent.objects.get_or_create(code=row["code"], defaults=row | {"is_month_only": True})
