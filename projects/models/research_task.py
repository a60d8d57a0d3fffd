"""Funded work that grew out of an introduction (or was running before the portal was)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped
from kr_ru_platform.words.languages import in_reader_language
from matching.enums import Direction, Field
from matching.models import Demand, Introduction, Technology
from projects.enums import REPORTING_ROLES, PartnerRole, TaskState, TaskType
from projects.models.programme import Programme

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ResearchTaskQuerySet(models.QuerySet["ResearchTask"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ResearchTaskQuerySet":
        """The centre and its evaluators see all; a confirmed partner the tasks it takes part in."""
        if getattr(user, "is_centre_staff", False) or getattr(user, "is_evaluator", False):
            return self
        ids = getattr(user, "confirmed_organisation_ids", ())
        return self.filter(pk__in=TaskPartner.objects.filter(organisation__in=ids).values("research_task"))


class ResearchTask(TimeStamped, Revisioned):
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="research_tasks", verbose_name=_("programme"))
    number = models.CharField(_("number"), max_length=40, unique=True)
    title_ko = models.CharField(_("title in Korean"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    task_type = models.CharField(_("type"), max_length=12, choices=TaskType)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    field = models.CharField(_("field"), max_length=12, choices=Field)
    state = models.CharField(_("state"), max_length=9, choices=TaskState, default=TaskState.PLANNED)
    stop_reason = models.TextField(_("why it was stopped"), blank=True)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    # Where it came from: the lineage technology → match → request → introduction → task.
    introduction = models.ForeignKey(
        Introduction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="research_tasks",
        verbose_name=_("introduction"),
    )
    technology = models.ForeignKey(
        Technology,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="research_tasks",
        verbose_name=_("technology"),
    )
    demand = models.ForeignKey(
        Demand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="research_tasks",
        verbose_name=_("demand"),
    )
    evidence = models.TextField(
        _("evidence for the direction"),
        blank=True,
        help_text=_(
            "Case 1: documents of the Russian technology. "
            "Case 2: objective proof of the Russian market (buyer meeting, demand company)."
        ),
    )
    summary = models.TextField(_("content"), blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in charge at the centre"),
    )
    has_illustrative_amounts = models.BooleanField(
        _("amounts are illustrative"),
        default=False,
        help_text=_("The source gives no amounts for this research task; those shown are examples."),
    )
    history = HistoricalRecords()

    objects = ResearchTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("research task")
        verbose_name_plural = _("research tasks")
        ordering = ["-starts_on", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="research_task_ends_after_it_starts",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TaskState.RUNNING, TaskState.COMPLETED]) | ~Q(evidence=""),
                name="research_task_beyond_plan_has_evidence_for_its_direction",
                violation_error_message=_("Give the evidence for the direction first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.STOPPED) | ~Q(stop_reason=""),
                name="research_task_stopped_has_a_reason",
                violation_error_message=_("Say why it was stopped."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reporting_companies(self, user: Any) -> list[int]:
        """The task's companies for which this person may report figures now. Prefetch `partners`."""
        own = getattr(user, "confirmed_organisation_ids", frozenset())
        rows = [row for row in self.partners.all() if row.role in REPORTING_ROLES]
        return [row.organisation_id for row in rows if row.organisation_id in own]

    @property
    def is_stopped(self) -> bool:
        return self.state == TaskState.STOPPED

    @property
    def title(self) -> str:
        return self.title_and_language[0]

    @property
    def title_and_language(self) -> tuple[str, str]:
        return in_reader_language(self, "title")

    @property
    def title_language(self) -> str:
        return self.title_and_language[1]


class TaskPartner(TimeStamped):
    research_task = models.ForeignKey(ResearchTask, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="task_partnerships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=17, choices=PartnerRole)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["research_task", "organisation", "role"],
                name="task_partner_has_a_role_once",
                violation_error_message=_("This organisation already has this role."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
