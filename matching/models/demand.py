"""What a company looks for, in its own words. Confidential: own company and centre only."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped
from kr_ru_platform.words.languages import Language
from matching.enums import DemandState, Direction, Field, TransferMode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class DemandQuerySet(models.QuerySet["Demand"]):
    def open(self) -> "DemandQuerySet":
        return self.filter(state=DemandState.OPEN)

    def visible_to(self, user: "User | AnonymousUser") -> "DemandQuerySet":
        if getattr(user, "is_centre_staff", False):
            return self
        return self.filter(organisation__in=getattr(user, "organisation_ids", ()))


class Demand(TimeStamped, Revisioned):
    external_id = models.CharField(_("external id"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="demands", verbose_name=_("company"))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KOREAN)
    title = models.CharField(_("title"), max_length=300, blank=True)
    problem = models.TextField(_("the problem"), blank=True)
    wanted_result = models.TextField(_("the wanted result"), blank=True)
    field = models.CharField(_("field"), max_length=12, choices=Field, blank=True)
    minimum_trl = models.PositiveSmallIntegerField(
        _("required readiness (TRL)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    budget_krw = models.DecimalField(_("budget (won)"), max_digits=15, decimal_places=0, null=True, blank=True)
    transfer_modes = ArrayField(
        models.CharField(max_length=20, choices=TransferMode),
        verbose_name=_("preferred transfer modes"),
        default=list,
        blank=True,
    )
    direction = models.CharField(_("direction"), max_length=5, choices=Direction, default=Direction.RUSSIA_TO_KOREA)
    # Code of a part of the score → "less" or "more"; what is not named counts as usual.
    preferences = models.JSONField(_("what matters more"), default=dict, blank=True, editable=False)
    # Hash of a sentence → whether it states the need, where a person has said so: see need_reading.py.
    sentence_choices = models.JSONField(_("what counts as the need"), default=dict, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=6, choices=DemandState, default=DemandState.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # Whose autosave was the last one: it leaves no version that would say so.
    autosaved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    # Made with the empty form: a first save that is sent twice finds the draft it has made.
    draft_token = models.UUIDField(null=True, unique=True, editable=False)
    history = HistoricalRecords(excluded_fields=["autosaved_by"])

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_trl__isnull=True) | Q(minimum_trl__range=(1, 9)),
                name="demand_minimum_trl_is_from_1_to_9",
                violation_error_message=_("The readiness level is a number from 1 to 9."),
            ),
            models.CheckConstraint(
                condition=Q(budget_krw__isnull=True) | Q(budget_krw__gte=0),
                name="demand_budget_is_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(state=DemandState.DRAFT) | (~Q(title="") & ~Q(problem="")),
                name="demand_beyond_draft_has_title_and_problem",
            ),
        ]
        indexes = [models.Index(fields=["state", "organisation"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == DemandState.DRAFT

    # As of every need: see need.py.
    takes_preferences: ClassVar[bool] = True
    may_hold_background: ClassVar[bool] = True

    @property
    def need_key(self) -> "tuple[int | None, int | None]":
        return (self.pk, None)

    @property
    def as_owner(self) -> "dict[str, Demand]":
        return {"demand": self}

    @property
    def own_texts(self) -> tuple[str, str, str]:
        return self.title, self.problem, self.wanted_result

    @property
    def is_open(self) -> bool:
        return self.state == DemandState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == DemandState.CLOSED

    @property
    def page_url(self) -> str:
        return reverse("demand_detail", args=[self.pk])

    @property
    def edit_url(self) -> str:
        return reverse("demand_edit", args=[self.pk])
