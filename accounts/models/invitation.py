"""An e-mail address that may join an organisation as soon as its owner logs in with it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import MembershipRole, MembershipState
from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.user import CENTRE_GROUPS
from accounts.names.mailbox_field import MailboxField
from accounts.validators import validate_plain_email
from kr_ru_platform.models import TimeStamped

if TYPE_CHECKING:
    from accounts.models.user import User


def end_of_a_new_one() -> datetime:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "InvitationQuerySet":
        """To whoever is invited, to the managers of the organisation's account, and to the centre."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.is_centre_staff:
            return self
        managed = user.memberships.filter(role=MembershipRole.OWNER, state=MembershipState.ACTIVE)
        return self.filter(Q(email__in=user.mailboxes) | Q(organisation__in=managed.values("organisation")))

    def with_rights(self) -> "InvitationQuerySet":
        """`inviter_may`: whoever invited may do so, and always might since. Rights that come back revive nothing."""
        manages = Membership.objects.active().filter(
            user=OuterRef("invited_by"), organisation=OuterRef("organisation"), role=MembershipRole.OWNER
        )
        centre = self.model._meta.get_field("invited_by").related_model.objects.filter(
            Q(groups__name__in=CENTRE_GROUPS) | Q(is_superuser=True), pk=OuterRef("invited_by")
        )
        may = Q(Exists(manages) | Exists(centre), invited_by__is_active=True, rights_ended_at=None)
        return self.annotate(inviter_may=models.ExpressionWrapper(may, models.BooleanField()))

    def without_rights(self) -> "InvitationQuerySet":
        return self.with_rights().filter(inviter_may=False)

    def valid(self) -> "InvitationQuerySet":
        return self.not_ended().with_rights().filter(inviter_may=True)

    def not_ended(self) -> "InvitationQuerySet":
        """As far as stands in the rows; whether whoever wrote it has the right still is `valid`."""
        return self.filter(expires_at__gt=timezone.now(), withdrawn_at=None, rights_ended_at=None)


class Invitation(TimeStamped):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = MailboxField(_("e-mail address"), validators=[validate_plain_email])
    role = models.CharField(_("role"), max_length=8, choices=MembershipRole, default=MembershipRole.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    expires_at = models.DateTimeField(_("valid until"), default=end_of_a_new_one)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    # When whoever wrote it had no right to do so any more.
    rights_ended_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["organisation", "email"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                name="invitation_is_one_per_organisation_and_address",
                violation_error_message=_("This address has already been invited."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
