"""Abstract models that every app builds on, and the frame's own tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
