"""What people decided about a pair, kept for ever. Written by domain/matches/feedback.py only."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kr_ru_platform.words.languages import Language
from matching.enums import DeclineReason, NotRelevantReason, TechnologyState, Verdict
from matching.models.company_profile import CompanyProfile
from matching.models.demand import Demand
from matching.models.match_request import MatchRequest
from matching.models.need import CompanyNeed, OfNeed
from matching.models.technology import Technology
from matching.scoring.scale import shown_points

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: "User | AnonymousUser") -> "FeedbackQuerySet":
        if getattr(user, "is_centre_staff", False):
            return self
        return self.filter(organisation__in=getattr(user, "organisation_ids", ()))

    def in_force(self) -> "FeedbackQuerySet":
        """Marks “not relevant” that nobody has taken back."""
        return self.filter(verdict=Verdict.NOT_RELEVANT, taken_back_by__isnull=True)

    def of(self, need: CompanyNeed) -> "FeedbackQuerySet":
        return self.filter(**need.as_owner)


class Feedback(OfNeed, models.Model):
    """One decision, with the numbers that its match had at that moment. Never edited, never deleted.

    `components` is a list of {code, value, weight, contribution, missing}: what weights can be fitted to.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="feedback", verbose_name=_("company"))
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="feedback", verbose_name=_("technology"))
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="feedback", verbose_name=_("demand"))
    profile = models.ForeignKey(
        CompanyProfile, models.PROTECT, null=True, related_name="feedback", verbose_name=_("company profile")
    )
    match_request = models.ForeignKey(
        MatchRequest, models.PROTECT, null=True, related_name="feedback", verbose_name=_("match request")
    )
    verdict = models.CharField(_("decision"), max_length=12, choices=Verdict)
    # A code of NotRelevantReason or, for a declined request, of DeclineReason.
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    text = models.TextField(_("in own words"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KOREAN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back_by")
    score = models.FloatField(_("score"), null=True)
    rank = models.PositiveIntegerField(_("rank"), null=True)
    scorer_version = models.CharField(_("scorer version"), max_length=100, blank=True)
    components = models.JSONField(default=list)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a match")
        verbose_name_plural = _("decisions on matches")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(demand__isnull=False, profile__isnull=True)
                    | Q(demand__isnull=True, profile__isnull=False)
                    | Q(demand__isnull=True, profile__isnull=True, match_request__isnull=False)
                ),
                name="feedback_is_about_one_need_or_a_request",
            ),
            models.CheckConstraint(
                condition=(
                    Q(verdict=Verdict.PUT_BACK, takes_back__isnull=False)
                    | (~Q(verdict=Verdict.PUT_BACK) & Q(takes_back__isnull=True))
                ),
                name="feedback_put_back_has_what_it_takes_back",
            ),
            models.UniqueConstraint(
                fields=["match_request", "verdict"],
                condition=Q(match_request__isnull=False),
                name="feedback_is_one_for_each_step_of_a_request",
            ),
        ]
        indexes = [
            models.Index(fields=["demand", "technology"]),
            models.Index(fields=["profile", "technology"]),
        ]

    def __str__(self) -> str:
        return f"{self.technology_id} × {self.demand_id or self.profile_id}: {self.verdict}"

    @property
    def need(self) -> CompanyNeed | None:
        """None of a request that was made without a match."""
        return self.demand or self.profile

    @property
    def points(self) -> int | None:
        """What was shown of the score; None where nothing had been scored."""
        return None if self.score is None else shown_points(self.score, self.scorer_version)

    @property
    def reason_label(self) -> str:
        choices = DeclineReason if self.verdict == Verdict.DECLINED else NotRelevantReason
        return str(choices(self.reason).label) if self.reason in choices.values else self.reason


def listed(prefix: str = "") -> Q:
    """Matches that a company finds in its list: of published technologies that it has not marked.

    `prefix` leads from another model to its matches, such as "matches__".
    """
    marks = Feedback.objects.in_force().filter(technology=OuterRef(f"{prefix}technology_id"))
    same_need = Q(demand=OuterRef(f"{prefix}demand_id")) | Q(profile=OuterRef(f"{prefix}profile_id"))
    is_published = Q(**{f"{prefix}technology__state": TechnologyState.PUBLISHED})
    return is_published & ~Q(Exists(marks.filter(same_need)))
