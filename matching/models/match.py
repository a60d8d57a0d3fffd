"""Machine-made pairs with their scores. By domain/matches/matchmaking.py and, many at once, match_lists.py."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.enums import TechnologyState
from matching.models.company_profile import CompanyProfile
from matching.models.demand import Demand
from matching.models.need import CompanyNeed, OfNeed
from matching.models.technology import Technology
from matching.scoring.scale import Band, band_of, least_score_of, shown, shown_parts, shown_points
from matching.scoring.weights import FORMULAS, ScorerStamp

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def worth_reading(prefix: str = "") -> Q:
    """Matches that are more than weak candidates; `prefix` leads from another model to them, such as "matches__"."""
    weak = Q()
    for name, formula in FORMULAS.items():
        made = Q(**{f"{prefix}scorer_version__regex": rf"^{name}([^0-9]|$)"})
        weak |= made & Q(**{f"{prefix}score__lt": least_score_of(Band.POSSIBLE, formula)})
    return ~weak


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: "User | AnonymousUser") -> "MatchQuerySet":
        """The need's own company, for published technologies; the centre sees all."""
        if getattr(user, "is_centre_staff", False):
            return self
        ids = getattr(user, "organisation_ids", ())
        own = Q(demand__organisation__in=ids) | Q(profile__organisation__in=ids)
        return self.filter(own, technology__state=TechnologyState.PUBLISHED)

    def ranked(self) -> "MatchQuerySet":
        return self.order_by("-score", "technology_id")


class Match(OfNeed, models.Model):
    """Technology × demand or technology × company profile, scored and explained by codes.

    `components` is a list of {code, value 0..1, weight, contribution, evidence}; the
    contributions sum to `score` (0..1). Texts are not stored: domain/matches/evidence.py reads them again.
    """

    technology = models.ForeignKey(Technology, models.CASCADE, related_name="matches")
    # The unique constraints below begin with them: an index of their own would only slow down writing.
    demand = models.ForeignKey(Demand, models.CASCADE, null=True, related_name="matches", db_index=False)
    profile = models.ForeignKey(CompanyProfile, models.CASCADE, null=True, related_name="matches", db_index=False)
    score = models.FloatField(_("score"))
    components = models.JSONField(default=list)
    scorer_version = models.CharField(_("scorer version"), max_length=100)
    scored_at = models.DateTimeField(_("scored"))

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(demand__isnull=False, profile__isnull=True) | Q(demand__isnull=True, profile__isnull=False)
                ),
                name="match_is_with_a_demand_or_a_profile",
            ),
            models.UniqueConstraint(fields=["demand", "technology"], name="match_is_one_per_demand"),
            models.UniqueConstraint(fields=["profile", "technology"], name="match_is_one_per_profile"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="match_score_is_from_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.technology_id} × {self.demand_id or self.profile_id}: {self.score:.3f}"

    @property
    def need(self) -> CompanyNeed:
        return self.demand or self.profile

    @property
    def shown(self) -> float:
        """What is shown of the score, 0 to 1: the share of such matches that fit."""
        return shown(self.score, self.scorer_version)

    @property
    def shown_parts(self) -> tuple[list[float], list[float]]:
        """What each component gives of that, and what it could give at most."""
        return shown_parts(self.components, self.score, self.scorer_version)

    @property
    def points(self) -> int:
        """The same out of 100."""
        return shown_points(self.score, self.scorer_version)

    @property
    def band(self) -> Band:
        return band_of(self.points)

    @property
    def scorer_name(self) -> str:
        return ScorerStamp.read(self.scorer_version).scorer


class ScoringRecord(models.Model):
    """What the last scoring of one row saw: stale when revision or scorer version differ."""

    technology = models.OneToOneField(Technology, models.CASCADE, null=True, related_name="scoring_record")
    demand = models.OneToOneField(Demand, models.CASCADE, null=True, related_name="scoring_record")
    profile = models.OneToOneField(CompanyProfile, models.CASCADE, null=True, related_name="scoring_record")
    revision = models.PositiveIntegerField()
    scorer_version = models.CharField(max_length=100)
    candidates = models.PositiveIntegerField(default=0)
    # Of a need: its distinctive lexemes and the weight that each had when it was scored.
    term_weights = models.JSONField(default=dict)
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(technology__isnull=False, demand__isnull=True, profile__isnull=True)
                    | Q(technology__isnull=True, demand__isnull=False, profile__isnull=True)
                    | Q(technology__isnull=True, demand__isnull=True, profile__isnull=False)
                ),
                name="scoring_record_is_of_exactly_one_row",
            )
        ]

    def __str__(self) -> str:
        return f"scoring of {self.technology_id or self.demand_id or self.profile_id}"
