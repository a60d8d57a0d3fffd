"""Two records of one organisation became one: what went where, and where the old address leads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation


class OrganisationMerge(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="merges")
    # The key that the merged record had: its row is gone.
    old_id = models.BigIntegerField(_("former number of the record"), unique=True)
    old_name = models.CharField(_("name"), max_length=300)
    # As they were: the row itself, and what had to give way to the same thing of the record that stayed.
    old_values = models.JSONField(_("former content"), default=dict)
    # How many rows of each kind moved.
    moved = models.JSONField(_("moved"), default=dict)
    # Why they are the same, where technologies got other readers by it.
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )

    class Meta:
        verbose_name = _("merged organisation")
        verbose_name_plural = _("merged organisations")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.old_name} → {self.organisation}"
