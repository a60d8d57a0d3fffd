"""Who acts for which organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import MembershipRole, MembershipState
from accounts.models.organisation import Organisation
from kr_ru_platform.models import TimeStamped


class Membership(TimeStamped):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=MembershipRole, default=MembershipRole.MEMBER)
    state = models.CharField(
        _("state"), max_length=8, choices=MembershipState, default=MembershipState.PENDING
    )
    position = models.CharField(_("position"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_is_one_per_person_and_organisation",
                violation_error_message=_("This person already belongs to the organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
