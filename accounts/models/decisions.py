"""What waits for the centre's word: a new name of an organisation, and whose account it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import DecisionState
from accounts.models.organisation import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped


class Decision(TimeStamped, Revisioned):
    """Asked by a person, answered by the centre with a reason; kept as it was asked.

    The revision grows with what is said besides: whoever answers has read it.
    """

    state = models.CharField(_("state"), max_length=10, choices=DecisionState, default=DecisionState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    decided_at = models.DateTimeField(_("answered"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.state == DecisionState.WAITING


def _value_in_words(value: str | bool) -> str:
    return value if isinstance(value, str) else (gettext("Yes") if value else gettext("No"))


class NameProposalQuerySet(models.QuerySet["NameProposal"]):
    def waiting(self) -> "NameProposalQuerySet":
        return self.filter(state=DecisionState.WAITING)


class NameProposal(Decision):
    """A member wants another name for an organisation whose name others rely on."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="name_proposals")
    # By field, only those that change.
    old = models.JSONField(_("so far"))
    new = models.JSONField(_("new name"))

    objects = NameProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a name")
        verbose_name_plural = _("changes of names")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "asked_by"],
                condition=Q(state=DecisionState.WAITING),
                name="name_proposal_waiting_is_one_per_person",
                violation_error_message=_("A change of this organisation's name is waiting already."),
            )
        ]

    def __str__(self) -> str:
        names = [value for value in self.new.values() if isinstance(value, str)]
        return " / ".join(names or [str(self.organisation)])

    @property
    def still_fits(self) -> bool:
        """Nobody has changed meanwhile what it says the organisation was called so far."""
        return all(getattr(self.organisation, name) == old for name, old in self.old.items())

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """What the name is called, the old and the new one."""
        labels = {name: str(Organisation._meta.get_field(name).verbose_name) for name in self.new}
        return [
            (labels[name], _value_in_words(self.old.get(name, "")), _value_in_words(new))
            for name, new in self.new.items()
        ]


class OrganisationClaimQuerySet(models.QuerySet["OrganisationClaim"]):
    def waiting(self) -> "OrganisationClaimQuerySet":
        return self.filter(state=DecisionState.WAITING)


# Of one message, and of all that one person sends while the first waits.
CLAIM_MESSAGE, CLAIM_LENGTH = 2_000, 8_000


class OrganisationClaim(Decision):
    """Somebody says that an organisation which others registered is theirs."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="claims")
    message = models.TextField(_("what shows that it is yours"), max_length=CLAIM_LENGTH)

    objects = OrganisationClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute about an organisation")
        verbose_name_plural = _("disputes about organisations")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "asked_by"],
                condition=Q(state=DecisionState.WAITING),
                name="organisation_claim_waiting_is_one_per_person",
                violation_error_message=_("You have reported this to the centre already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} → {self.organisation}"
