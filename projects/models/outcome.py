"""Measured effects with their evidence. Only verified ones count in statistics."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import Country
from accounts.models import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped
from projects.enums import MONEY_KINDS, Currency, OutcomeKind, OutcomeStatus
from projects.models.research_task import ResearchTask

# What makes a claim the same claim.
SAME_CLAIM = ("kind", "value", "currency", "country", "period_start", "period_end")


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def verified(self) -> "OutcomeQuerySet":
        return self.filter(status=OutcomeStatus.VERIFIED)


class Outcome(TimeStamped, Revisioned):
    research_task = models.ForeignKey(ResearchTask, models.PROTECT, related_name="outcomes")
    kind = models.CharField(_("kind"), max_length=14, choices=OutcomeKind)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    country = models.CharField(_("country of export"), max_length=2, choices=Country, blank=True)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    evidence = models.TextField(_("evidence"), help_text=_("Quote the document, page or contract number."))
    evidence_file = models.FileField(_("evidence file"), upload_to="outcomes/%Y/%m/", blank=True)
    status = models.CharField(_("status"), max_length=8, choices=OutcomeStatus, default=OutcomeStatus.CLAIMED)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # For which company of the task; nobody where the centre has reported it.
    reported_for = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("reported for"),
    )
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    status_note = models.TextField(_("note on the status"), blank=True)
    history = HistoricalRecords()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["research_task", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="outcome_value_is_not_negative",
                violation_error_message=_("A value cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="outcome_period_ends_after_it_starts",
                violation_error_message=_("The period must end after it starts."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind__in=sorted(MONEY_KINDS)) & ~Q(currency="")
                    | ~Q(kind__in=sorted(MONEY_KINDS)) & Q(currency="")
                ),
                name="outcome_has_a_currency_exactly_when_it_is_money",
                violation_error_message=_("Amounts need a currency; counts must have none."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="outcome_has_evidence",
                violation_error_message=_("Say where the figure comes from."),
            ),
            models.CheckConstraint(
                condition=Q(status=OutcomeStatus.CLAIMED) | Q(checked_at__isnull=False),
                name="outcome_checked_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=OutcomeStatus.VERIFIED) | ~Q(checked_by=F("reported_by")),
                name="outcome_is_verified_by_another_person",
                violation_error_message=_("Somebody other than the reporter must verify a figure."),
            ),
            models.CheckConstraint(
                condition=~Q(status=OutcomeStatus.DISPUTED) | ~Q(status_note=""),
                name="outcome_disputed_has_a_note",
                violation_error_message=_("Say what is disputed."),
            ),
        ]

    def is_figure_of(self, user: Any) -> bool:
        """Also of whoever claimed the same before a colleague worded its evidence anew, and of its task's partners."""
        if user.pk is None or self.reported_by_id == user.pk:
            return user.pk is not None
        partners = self.research_task.partners.all() if user.organisation_ids else ()
        if any(partner.organisation_id in user.organisation_ids for partner in partners):
            return True
        same = {name: getattr(self, name) for name in SAME_CLAIM}
        return self.history.filter(reported_by=user.pk, **same).exists()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value} {self.currency}"

    @property
    def is_verified(self) -> bool:
        return self.status == OutcomeStatus.VERIFIED

    @property
    def is_disputed(self) -> bool:
        return self.status == OutcomeStatus.DISPUTED
