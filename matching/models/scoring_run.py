"""Many needs scored anew together, in parts that any worker can take. Written by domain/runs/scoring_runs.py only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.enums import PartStep, RunState


class ScoringRun(models.Model):
    """What was to be scored, as it was when the run began. One row for each run; one runs at a time."""

    state = models.CharField(_("state"), max_length=8, choices=RunState, default=RunState.RUNNING)
    encoder = models.CharField(max_length=200)
    scorer_version = models.CharField(_("scorer version"), max_length=100)
    # Of everything that the scores depend on: equal ones would give the same scores.
    fingerprint = models.CharField(max_length=64)
    # Pairs of numbers, eight bytes each: a scoring record, or a technology, and the revision seen.
    needs = models.BinaryField()
    technologies = models.BinaryField()
    needs_count = models.PositiveIntegerField(_("needs"))
    technologies_count = models.PositiveIntegerField(_("technologies"))
    # Lexeme → weight, for all that the needs contain.
    vocabulary = models.JSONField(default=dict)
    changed_count = models.PositiveIntegerField(_("matches changed"), default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("scoring run")
        verbose_name_plural = _("scoring runs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=RunState.RUNNING), name="scoring_run_is_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scorer_version} {self.started_at:%Y-%m-%d %H:%M}"


class ScoringPart(models.Model):
    """A step of a run that one worker does in some seconds: all or nothing.

    Comparing: all needs with the technologies from `first` to `last`. Writing: the lists of the
    needs whose scoring records lie between them.
    """

    run = models.ForeignKey(ScoringRun, models.CASCADE, related_name="parts")
    step = models.CharField(max_length=7, choices=PartStep)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    failures = models.PositiveSmallIntegerField(default=0)
    seconds = models.FloatField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "step", "first"], name="scoring_part_is_one_per_range"),
            models.CheckConstraint(condition=Q(first__lte=models.F("last")), name="scoring_part_has_a_range"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.first}–{self.last}"


class ScoringResult(models.Model):
    """What comparing one part found for the needs of one writing part; gone when the run has ended."""

    part = models.ForeignKey(ScoringPart, models.CASCADE, related_name="results")
    for_part = models.ForeignKey(ScoringPart, models.CASCADE, related_name="+")
    pairs = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "for_part"], name="scoring_result_is_one_per_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.part} → {self.for_part}"
