"""One technology was entered twice: which record stays, and where the other one leads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.models.technology import Technology


class TechnologyMerge(models.Model):
    """The record that went is archived and keeps its texts, and its external id, by which imports find the other."""

    goes = models.OneToOneField(Technology, models.CASCADE, related_name="merged_as")
    stays = models.ForeignKey(Technology, models.PROTECT, related_name="merges")
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )

    class Meta:
        verbose_name = _("merged technology")
        verbose_name_plural = _("merged technologies")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.goes_id} → {self.stays_id}"
