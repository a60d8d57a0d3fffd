"""Budget of a research task: cost item × source, whole won."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kr_ru_platform.models import TimeStamped
from projects.enums import CostItem
from projects.models.research_task import ResearchTask


class BudgetLine(TimeStamped):
    """One cost item: government grant, company contribution in cash and in kind, and what was spent."""

    research_task = models.ForeignKey(ResearchTask, models.CASCADE, related_name="budget_lines")
    cost_item = models.CharField(_("cost item"), max_length=17, choices=CostItem)
    government_krw = models.DecimalField(_("government grant"), max_digits=15, decimal_places=0, default=0)
    company_cash_krw = models.DecimalField(_("company, in cash"), max_digits=15, decimal_places=0, default=0)
    company_in_kind_krw = models.DecimalField(_("company, in kind"), max_digits=15, decimal_places=0, default=0)
    total_krw = models.DecimalField(_("total"), max_digits=15, decimal_places=0)
    spent_krw = models.DecimalField(_("spent"), max_digits=15, decimal_places=0, default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["research_task", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["research_task", "cost_item"],
                name="budget_line_is_one_per_cost_item",
                violation_error_message=_("This cost item already has a line."),
            ),
            models.CheckConstraint(
                condition=Q(
                    government_krw__gte=0,
                    company_cash_krw__gte=0,
                    company_in_kind_krw__gte=0,
                    spent_krw__gte=0,
                ),
                name="budget_line_amounts_are_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(total_krw=F("government_krw") + F("company_cash_krw") + F("company_in_kind_krw")),
                name="budget_line_total_is_the_sum_of_its_sources",
                violation_error_message=_("The total must be the sum of the three sources."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cost_item_display()} {self.total_krw}"
