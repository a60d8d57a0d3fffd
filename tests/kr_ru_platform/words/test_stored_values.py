from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from accounts.models import Organisation
from kr_ru_platform.words.stored_values import shown_value
from matching.models import Technology
from projects.models import BudgetLine, Outcome, ResearchTask


@pytest.mark.parametrize(
    ("model", "name", "value", "expected"),
    [
        (Organisation, "city", "", "–"),
        (Organisation, "city", "서울", "서울"),
        (Organisation, "kind", "company", "기업"),
        (Organisation, "is_name_masked", False, "아니요"),
        (Technology, "trl", None, "–"),
        (Technology, "trl", 9, "9"),
        (Technology, "transfer_modes", ["manufacturing", "licence"], "제조, 기술이전(라이선스)"),
        (Technology, "published_at", datetime(2019, 3, 1, 20, 0, tzinfo=UTC), "2019. 3. 2. 05:00"),
        (ResearchTask, "starts_on", date(2019, 3, 1), "2019. 3. 1."),
        (BudgetLine, "government_krw", Decimal(780_000_000), "780,000,000"),
        (Outcome, "value", Decimal("660000.00"), "660,000"),
        (Outcome, "value", Decimal("0.50"), "0.50"),
    ],
)
def test_shown_value_is_what_a_person_reads(model, name, value, expected):
    with override("ko"):
        assert shown_value(model._meta.get_field(name), value) == expected
