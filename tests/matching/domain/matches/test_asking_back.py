"""What is asked of a company whose need nothing fits."""

import pytest
from django.utils.translation import override

from matching.domain.matches.asking_back import Question, questions_about
from matching.models import Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def technology(title: str, **facts: object) -> Technology:
    made = TechnologyFactory(text__title=title, text__summary="", source_language="ko", **facts)
    return Technology.objects.with_texts().get(pk=made.pk)


def test_three_questions_from_what_the_nearest_differ_in() -> None:
    need = DemandFactory(title="용접이 어렵습니다", problem="용접", wanted_result="", field="", minimum_trl=None)
    nearest = [
        technology("레이저 용접", field="process", trl=3),
        technology("레이저 절단", field="it", trl=7),
        technology("용접", field="it", trl=None),
        technology("용접", field="other", trl=5),
    ]
    with override("ko"):
        assert questions_about(need, nearest) == [
            Question("field", ["it", "process"]),
            Question("readiness", [3, 7]),
            Question("notions", ["레이저", "레이저 용접", "레이저 가공", "절단"]),
        ]


def test_nothing_is_asked_that_the_need_has_said_or_the_nearest_agree_on() -> None:
    need = DemandFactory(title="레이저 용접", problem="레이저", wanted_result="", field="it", minimum_trl=6)
    nearest = [technology("레이저 용접", field="it", trl=3), technology("레이저 용접", field="metals", trl=9)]
    assert questions_about(need, nearest) == []
    silent = DemandFactory(title="레이저 용접", problem="레이저", wanted_result="", field="", minimum_trl=None)
    assert questions_about(silent, [technology("레이저 용접", field="it", trl=4)]) == []
    assert questions_about(silent, []) == []
