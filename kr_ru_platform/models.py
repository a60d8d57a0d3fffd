"""Abstract models that every app builds on, and the frame's own tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TimeStamped(models.Model):
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


class Revisioned(models.Model):
    """A row whose `revision` grows by one with each change of its content.

    Two uses: the worker sees that its index or scores are older than the row, and a form
    that was opened on an older revision is not saved over somebody else's change.
    """

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        abstract = True


class ThrottleCount(models.Model):
    """How often somebody did something since the first time of the running period. Written by `web/throttling`."""

    scope = models.CharField(max_length=80)
    # Not the address itself: whom a limit is about cannot be read back.
    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="throttle_count_is_one_for_each_scope_and_key")
        ]


class LastingCacheRow(models.Model):
    """What the cache named "lasting" keeps: Django's database cache reads and writes these columns."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField(db_column="expires", db_index=True)

    class Meta:
        db_table = "kr_ru_platform_lastingcache"


class SentForm(models.Model):
    """A form that did its work: if it comes again it leads to what it made. Written by `web/sent_forms`."""

    token = models.CharField(max_length=40, unique=True)
    # A number, no key: the frame stands below the people, and a row lives some days only.
    account = models.BigIntegerField()
    attempt = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    # The same without the number of the revision: what was written, whatever it was written over.
    words = models.CharField(max_length=64, blank=True)
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
    """What somebody sent when the session was over, for that person alone. Written by `web/kept_posts`."""

    token = models.CharField(max_length=40, unique=True)
    account = models.BigIntegerField(db_index=True)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=1000, blank=True)
    fields = models.JSONField(default=list)
    # With which a filled form was made: it is read while the person has them all.
    rights = ArrayField(models.CharField(max_length=60), default=list)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("kept text of a form")
        verbose_name_plural = _("kept texts of forms")


class MailState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("e-mail", "Waiting")
    SENT = "sent", pgettext_lazy("e-mail", "Sent")
    FAILED = "failed", pgettext_lazy("e-mail", "Failed")


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self) -> "MailQuerySet":
        return self.filter(state=MailState.WAITING, due_at__lte=timezone.now())


class Mail(models.Model):
    """One finished e-mail to one receiver. Written by `running/mail_queue`, sent by `running/mail_sending`."""

    receiver = models.TextField(_("receiver"))
    # The number of the person to whom it goes, at whatever address: what is theirs goes with the account.
    account = models.BigIntegerField(null=True, db_index=True, editable=False)
    sender = models.TextField(_("sender"))
    subject = models.TextField(_("subject"))
    body = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    # Accounts of others whose name or address the portal wrote in it. Numbers, no keys: see SentForm.account.
    mentions = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    message_id = models.CharField(max_length=300, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)
    due_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.TextField(_("error"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state=MailState.WAITING), name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.receiver}"
