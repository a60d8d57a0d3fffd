"""What the portal remembers of forms: which arrived, and what was typed in those that could not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """One sending that did its work: the same form comes again, and leads to what it made."""

    token = models.CharField(max_length=40, unique=True)
    # A number, no key: the frame stands below the people, and a row lives some days only.
    account = models.BigIntegerField()
    attempt = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("form that arrived")
        verbose_name_plural = _("forms that arrived")
        indexes = [
            models.Index(fields=["account", "path", "digest"], name="sentform_same_text"),
            models.Index(fields=["account", "attempt"], name="sentform_attempt"),
            models.Index(fields=["path", "-id"], name="sentform_last_at_path"),
        ]


class KeptPost(models.Model):
    """What somebody sent when the session was over, for that person alone."""

    token = models.CharField(max_length=40, unique=True)
    account = models.BigIntegerField(db_index=True)
    path = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("kept text of a form")
        verbose_name_plural = _("kept texts of forms")
