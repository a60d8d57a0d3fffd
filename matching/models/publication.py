"""What stands in public was decided by two people: changes that wait for the second, and a record of each decision."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.models import TimeStamped
from matching.enums import ChangeState, PublicationKind
from matching.models.technology import Technology
from matching.models.technology_import import TechnologyImport

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

WAITING = (ChangeState.OPEN, ChangeState.RETURNED)


class ProposedChangeQuerySet(models.QuerySet["ProposedChange"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ProposedChangeQuerySet":
        """Only the centre: what is proposed is not public, and perhaps never will be."""
        return self if getattr(user, "is_centre_staff", False) else self.none()

    def waiting(self) -> "ProposedChangeQuerySet":
        return self.filter(state__in=WAITING)

    def for_second_person(self, user: "User") -> "ProposedChangeQuerySet":
        """What this person may approve: nothing that they wrote a part of."""
        return self.filter(state=ChangeState.OPEN).exclude(authors=user)


class ProposedChange(TimeStamped):
    """What some people want to change in a published technology; the live profile stays as it is until approval.

    `facts` and `texts` hold only what is to become different, as JSON: keys of rows, codes, texts by language.
    """

    technology = models.ForeignKey(Technology, models.CASCADE, related_name="proposed_changes")
    facts = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    # What stood there when it was decided: for the history.
    before = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ChangeState, default=ChangeState.OPEN)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("proposed by"))
    technology_import = models.ForeignKey(
        TechnologyImport, models.SET_NULL, null=True, blank=True, related_name="proposed_changes"
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    # What was said by those who returned it before: {by, at, reason}, the oldest first.
    former_reasons = models.JSONField(default=list, blank=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["technology"],
                condition=Q(state__in=WAITING),
                name="proposed_change_is_one_in_waiting_per_technology",
                violation_error_message=_("A change of this technology is waiting already."),
            )
        ]

    def __str__(self) -> str:
        return f"change of {self.technology_id}"

    @property
    def is_open(self) -> bool:
        return self.state == ChangeState.OPEN

    @property
    def is_returned(self) -> bool:
        return self.state == ChangeState.RETURNED


class Publication(models.Model):
    """One decision by which something came into the public. Rows are only ever added."""

    technology = models.ForeignKey(Technology, models.CASCADE, related_name="publications")
    kind = models.CharField(max_length=7, choices=PublicationKind)
    change = models.ForeignKey(ProposedChange, models.SET_NULL, null=True, blank=True, related_name="+")
    technology_import = models.ForeignKey(TechnologyImport, models.SET_NULL, null=True, blank=True, related_name="+")
    # The accounts of everybody who wrote a part: a name written down here would outlive the account that is closed.
    proposers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # Names of old rows, of which it cannot be told whose they are.
    other_names = models.TextField(blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_by_one_person = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    approved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_by_one_person=False) | ~Q(reason=""),
                name="publication_by_one_person_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.technology_id}"

    @property
    def proposed_by(self) -> str:
        """Everybody who wrote a part, as histories name them."""
        people = get_user_model().objects.filter(pk__in=self.proposers).select_related("closing").order_by("pk")
        return ", ".join([*(user.name_in_history for user in people), *filter(None, [self.other_names])])
