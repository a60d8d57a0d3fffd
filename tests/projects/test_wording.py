from decimal import Decimal

import pytest
from django.utils import translation

from kr_ru_platform.words.languages import Language
from projects.domain.tasks.unusual_values import UnusualValue
from projects.enums import CostItem
from projects.wording import explain, sentences

MONEY = Decimal(1_500_000)
QUESTIONS = [
    UnusualValue("spent_over_total", {"cost_item": CostItem.MATERIALS, "spent": MONEY, "total": MONEY}),
    UnusualValue("very_small", {"cost_item": CostItem.MATERIALS, "amount": Decimal(9_999)}),
    UnusualValue("over_programme", {"government": MONEY, "granted": MONEY}),
    UnusualValue("far_over_budget", {"in_won": MONEY, "times": 1234.4, "budget": MONEY}),
    UnusualValue("already_reported"),
    UnusualValue("very_many", {"value": Decimal(12_345)}),
]


@pytest.mark.parametrize("language", Language.values)
def test_every_question_has_a_sentence_with_its_numbers(language):
    with translation.override(language):
        said = {question.code: explain(question) for question in QUESTIONS}
        assert said.keys() == sentences().keys()
        assert str(CostItem.MATERIALS.label) in said["very_small"]
    assert [sentence for sentence in said.values() if "%(" in sentence] == []


def test_numbers_are_told_as_the_reader_writes_them():
    with translation.override("en"):
        assert explain(QUESTIONS[5]) == "12,345 is unusually many for one research task."
    with translation.override("ru"):
        assert "12\xa0345" in explain(QUESTIONS[5])
