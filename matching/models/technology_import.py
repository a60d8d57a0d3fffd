"""One uploaded file of technologies: dry run, decision, progress, errors by row and column."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.models import Revisioned, TimeStamped
from matching.enums import ImportPolicy, ImportState

if TYPE_CHECKING:
    from accounts.models import User


class TechnologyImport(TimeStamped, Revisioned):
    """Its revision grows when it is to be read otherwise and when it has been checked: a decision names what it saw."""

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/")
    name = models.CharField(_("file name"), max_length=255)
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.UPLOADED)
    policy = models.CharField(
        _("if rows have errors"), max_length=14, choices=ImportPolicy, default=ImportPolicy.GOOD_ROWS
    )
    publish = models.BooleanField(_("publish at once"), default=False)
    can_change_holders = models.BooleanField(_("change holders"), default=False)
    # How a person wants the file to be read, and how it was understood: sheet, header row, encoding, columns.
    reading = models.JSONField(default=dict, blank=True)
    layout = models.JSONField(default=dict, blank=True)
    # What the check has told about holders, which is all that the import may do to them: intake/row_holders.
    listed_holders = models.JSONField(default=dict, blank=True, editable=False)
    # The revisions of drafts that were there, by key of the technology: nothing later is published with the file.
    seen_drafts = models.JSONField(default=dict, blank=True, editable=False)
    # Who said how it is to be read has written a part of what it brings; whoever says so later does not undo that.
    reading_authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    publish_reason = models.TextField(_("reason"), max_length=1000, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_detail = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import of technologies")
        verbose_name_plural = _("imports of technologies")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_asking(self) -> bool:
        return self.state == ImportState.ASKING

    @property
    def is_checked(self) -> bool:
        return self.state == ImportState.CHECKED

    @property
    def is_done(self) -> bool:
        return self.state == ImportState.DONE

    @property
    def authors(self) -> "list[User]":
        people = [self.uploaded_by, *self.reading_authors.order_by("pk")]
        return [user for user in dict.fromkeys(people) if user is not None]


class ImportMapping(TimeStamped):
    """What the columns of one sender's files mean: asked once for each header."""

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Of the names of all columns.
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    # Everybody who has said so, for a file of this sender: the next file is partly theirs, too.
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        verbose_name = _("columns of a sender")
        verbose_name_plural = _("columns of senders")
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "fingerprint"],
                name="import_mapping_is_one_per_sender_and_header",
                violation_error_message=_("The columns of this header are known already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} {self.fingerprint[:8]}"


class ImportRowError(models.Model):
    """An error as a code with parameters; words are made in the reader's language."""

    technology_import = models.ForeignKey(TechnologyImport, models.CASCADE, related_name="row_errors")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.code}"
