"""One small form per cost item: all of them are on the page, so no line has to be added."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.fields import LARGEST_KRW, RevisionField, WonField
from projects.domain.tasks.budgets import Amounts, amounts_of, total_of
from projects.enums import CostItem
from projects.models import ResearchTask

AMOUNT_FIELDS = ("government_krw", "company_cash_krw", "company_in_kind_krw", "spent_krw")


class RevisionForm(forms.Form):
    """Carries the revision that the person saw; the domain refuses an older one."""

    expected_revision = RevisionField()


class BudgetLineForm(forms.Form):
    government_krw = WonField(label=_("Government grant"), required=False)
    company_cash_krw = WonField(label=_("Company, in cash"), required=False)
    company_in_kind_krw = WonField(label=_("Company, in kind"), required=False)
    spent_krw = WonField(label=_("Spent"), required=False)

    def __init__(self, *args: Any, cost_item: CostItem, **kwargs: Any) -> None:
        super().__init__(*args, prefix=cost_item.value, **kwargs)
        self.cost_item = cost_item
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{cost_item.label}: {field.label}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # Each amount fits by itself; their sum has a column of the same size.
        if self.amounts.total_krw >= LARGEST_KRW:
            message = self.fields["government_krw"].error_messages["too_large"]
            self.add_error("government_krw", ValidationError(message, code="too_large"))
        return data

    @property
    def amounts(self) -> Amounts:
        data = getattr(self, "cleaned_data", {})
        return Amounts(*(data.get(name) or Amounts().spent_krw for name in AMOUNT_FIELDS))


class BudgetForm:
    """The nine lines and the revision, checked together."""

    def __init__(self, data: Mapping[str, Any] | None, *, research_task: ResearchTask) -> None:
        stored = {line.cost_item: amounts_of(line) for line in research_task.budget_lines.all()}
        self.lines = [BudgetLineForm(data, cost_item=item, initial=initial_of(stored.get(item))) for item in CostItem]
        self.head = RevisionForm(data, initial={"expected_revision": research_task.revision})

    def is_valid(self) -> bool:
        # Every one is checked, so that all errors show at once.
        results = [form.is_valid() for form in [self.head, *self.lines]]
        return all(results)

    @property
    def amounts(self) -> dict[CostItem, Amounts]:
        return {form.cost_item: form.amounts for form in self.lines}

    @property
    def total(self) -> Amounts:
        return total_of(self.amounts.values())

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Label, message and input id of everything that is wrong, for the summary."""
        return [
            (f"{form.cost_item.label} – {field.label}", str(message), field.id_for_label)
            for form in self.lines
            for field in form
            for message in field.errors
        ]


def initial_of(amounts: Amounts | None) -> dict[str, Any]:
    if amounts is None:
        return {}
    return {name: getattr(amounts, name) or None for name in AMOUNT_FIELDS}
