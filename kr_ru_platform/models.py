"""Abstract models that every app builds on."""

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
