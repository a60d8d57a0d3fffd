"""Who acts for which organisation."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import MembershipRole, MembershipState
from accounts.models.organisation import Organisation
from kr_ru_platform.models import TimeStamped

if TYPE_CHECKING:
    from accounts.models.user import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(state=MembershipState.ACTIVE)

    def pending(self) -> "MembershipQuerySet":
        return self.filter(state=MembershipState.PENDING)

    def visible_to(self, user: "User | AnonymousUser") -> "MembershipQuerySet":
        """Colleagues, and one's own even before it is confirmed; the centre sees all."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.is_centre_staff:
            return self
        return self.filter(Q(organisation__in=user.organisation_ids) | Q(user=user))


class Membership(TimeStamped):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=MembershipRole, default=MembershipRole.MEMBER)
    state = models.CharField(_("state"), max_length=8, choices=MembershipState, default=MembershipState.PENDING)
    position = models.CharField(_("position"), max_length=100, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "state", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_is_one_per_person_and_organisation",
                violation_error_message=_("This person already belongs to the organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    @property
    def is_owner(self) -> bool:
        return self.role == MembershipRole.OWNER

    @property
    def is_pending(self) -> bool:
        return self.state == MembershipState.PENDING
