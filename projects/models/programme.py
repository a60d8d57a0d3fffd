"""Programmes: the money of one year that research tasks are paid from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.models import Revisioned, TimeStamped
from kr_ru_platform.words.languages import in_reader_language


class Programme(TimeStamped, Revisioned):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    name_ko = models.CharField(_("name in Korean"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    budget_krw = models.DecimalField(_("budget (won)"), max_digits=15, decimal_places=0, default=0)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(budget_krw__gte=0),
                name="programme_budget_is_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return self.name_and_language[0]

    @property
    def name_and_language(self) -> tuple[str, str]:
        return in_reader_language(self, "name")

    @property
    def name_language(self) -> str:
        return self.name_and_language[1]
