"""What is kept of a person whose account was closed: who it was that did what the histories tell."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClosedAccount(models.Model):
    """Apart from everything else, as the privacy law asks, and shown where histories are read as evidence."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="closing")
    full_name = models.CharField(_("name"), max_length=150, blank=True)
    closed_at = models.DateTimeField(_("closed at"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        verbose_name = _("closed account")
        verbose_name_plural = _("closed accounts")
        ordering = ["-closed_at"]

    def __str__(self) -> str:
        return f"#{self.user_id}"
