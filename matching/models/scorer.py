"""Versions of the scorer that people compare and switch. Only ever added to, by domain/matches/scorers.py."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScorerVersion(models.Model):
    """Weights by name, with the formula that makes the values they are multiplied with.

    A hyphen ends the name in the scorer version of a match, so a name has none: “v2” is the
    code's own, “v2.1” the first one fitted to decisions on its values.
    """

    name = models.CharField(_("name"), max_length=20, unique=True)
    formula = models.CharField(_("formula"), max_length=20)
    weights = models.JSONField(_("weights"))
    # What the fit found, as `Fit.figures` gives it; empty for the code's own versions.
    figures = models.JSONField(_("figures of the fit"), default=dict)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("scorer version")
        verbose_name_plural = _("scorer versions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"^v[0-9]+(\.[0-9]+)?$"), name="scorer_version_name_is_that_of_a_version"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ScorerSwitch(models.Model):
    """A person has decided that this version counts from now on. The newest one is in force."""

    version = models.ForeignKey(
        ScorerVersion, models.PROTECT, related_name="switches", verbose_name=_("scorer version")
    )
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("switched by")
    )
    switched_at = models.DateTimeField(_("switched"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of the scorer version")
        verbose_name_plural = _("changes of the scorer version")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.switched_at:%Y-%m-%d %H:%M}"
