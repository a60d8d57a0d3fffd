"""A person asks for an introduction, and what came of it. Written by domain/requests/match_requests.py only."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped
from matching.enums import DeclineReason, MatchRequestState, RequestEventKind
from matching.models.demand import Demand
from matching.models.match import Match
from matching.models.technology import Technology
from matching.scoring.scale import shown_points

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

CLOSED_STATES = (MatchRequestState.INTRODUCED, MatchRequestState.DECLINED, MatchRequestState.WITHDRAWN)


class MatchRequestQuerySet(models.QuerySet["MatchRequest"]):
    def visible_to(self, user: "User | AnonymousUser") -> "MatchRequestQuerySet":
        if getattr(user, "is_centre_staff", False):
            return self
        return self.filter(organisation__in=getattr(user, "organisation_ids", ()))

    def pending(self) -> "MatchRequestQuerySet":
        return self.exclude(state__in=CLOSED_STATES)

    def standing(self) -> "MatchRequestQuerySet":
        """The company has not taken them back."""
        return self.exclude(state=MatchRequestState.WITHDRAWN)


class MatchRequest(TimeStamped, Revisioned):
    technology = models.ForeignKey(
        Technology, models.PROTECT, related_name="match_requests", verbose_name=_("technology")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="match_requests", verbose_name=_("company")
    )
    demand = models.ForeignKey(
        Demand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="match_requests",
        verbose_name=_("demand"),
    )
    # The machine-made match may be rescored or vanish; what the person saw stays here.
    match = models.ForeignKey(Match, models.SET_NULL, null=True, blank=True, related_name="match_requests")
    score_when_requested = models.FloatField(null=True, blank=True)
    scorer_version_when_requested = models.CharField(max_length=100, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="match_requests",
        verbose_name=_("requested by"),
    )
    message = models.TextField(_("message"))
    state = models.CharField(_("state"), max_length=10, choices=MatchRequestState, default=MatchRequestState.SUBMITTED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_match_requests",
        verbose_name=_("in charge at the centre"),
    )
    due_on = models.DateField(_("next answer due"))
    decline_reason = models.CharField(_("reason"), max_length=20, choices=DeclineReason, blank=True)
    decline_note = models.TextField(_("note"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = MatchRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("match request")
        verbose_name_plural = _("match requests")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MatchRequestState.DECLINED) | ~Q(decline_reason=""),
                name="match_request_declined_has_a_reason",
                violation_error_message=_("Choose a reason."),
            ),
            models.UniqueConstraint(
                fields=["technology", "organisation"],
                condition=~Q(state__in=CLOSED_STATES),
                name="match_request_is_one_pending_per_company_and_technology",
                violation_error_message=_("Your company has already requested this technology."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.technology_id}"

    @property
    def points_when_requested(self) -> int | None:
        """What was shown of the score of the match that led here; None where there was none."""
        score = self.score_when_requested
        return None if score is None else shown_points(score, self.scorer_version_when_requested)

    @property
    def is_news(self) -> bool:
        """The company has to answer, or has got what it asked for."""
        return self.state in (MatchRequestState.QUESTION, MatchRequestState.INTRODUCED)

    @property
    def is_pending(self) -> bool:
        return self.state not in CLOSED_STATES


class RequestEvent(models.Model):
    """One entry on the thread: a message or a recorded change. Never edited, never deleted."""

    match_request = models.ForeignKey(MatchRequest, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=RequestEventKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(_("message"), blank=True)
    from_state = models.CharField(max_length=10, choices=MatchRequestState, blank=True)
    to_state = models.CharField(max_length=10, choices=MatchRequestState, blank=True)
    is_internal = models.BooleanField(_("for the centre only"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.match_request_id}"


class RequestAttachment(models.Model):
    event = models.ForeignKey(RequestEvent, models.CASCADE, related_name="attachments")
    file = models.FileField(_("file"), upload_to="requests/%Y/%m/")
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveIntegerField(_("size in bytes"))

    def __str__(self) -> str:
        return self.name


def _party_is(holder: int | None) -> Q:
    unsaid = Q(signed_with=None, holder=holder)
    # Of a technology that has no holder now, what was signed with a former one says nothing.
    return unsaid if holder is None else Q(signed_with=holder) | unsaid


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def with_agreement(self) -> "IntroductionQuerySet":
        """Whose non-disclosure agreement is signed and has not ended: its last day still counts."""
        today = timezone.localdate()
        in_force = Q(nda_ends_on=None) | Q(nda_ends_on__gte=today)
        return self.filter(in_force, nda_signed_on__lte=today)

    def opening(self, technology: Technology) -> "IntroductionQuerySet":
        """Whose agreement lets the company read this record's protected texts.

        Not one about a record that was merged into it, and not one with a former holder.
        """
        names_it = Q(signed_for=technology) | Q(signed_for=None, match_request__technology=technology)
        return self.with_agreement().filter(names_it, _party_is(technology.holder_id))


class Introduction(TimeStamped):
    """The centre has brought the parties together."""

    match_request = models.OneToOneField(MatchRequest, models.PROTECT, related_name="introduction")
    introduced_on = models.DateField(_("introduced on"))
    # To whom: the technology may get another holder, whom this company does not know.
    holder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("holder")
    )
    introduced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("introduced by")
    )
    holder_contact = models.CharField(_("contact at the holder"), max_length=200, blank=True)
    note = models.TextField(_("what was agreed"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("date of the next step"), null=True, blank=True)
    nda_signed_on = models.DateField(_("non-disclosure agreement signed on"), null=True, blank=True)
    # The record that the agreement names, where the request leads to another one since the two were merged.
    signed_for = models.ForeignKey(
        Technology, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("signed for")
    )
    # The other party to the agreement, where it is not the holder of the introduction: the technology has got another.
    signed_with = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("agreement with")
    )
    nda_ends_on = models.DateField(_("non-disclosure agreement ends on"), null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-introduced_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nda_ends_on=None) | Q(nda_ends_on__gte=F("nda_signed_on")),
                name="introduction_agreement_ends_after_it_is_signed",
                violation_error_message=_("The agreement ends before it is signed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.match_request)

    @property
    def party(self) -> Organisation | None:
        """With whom the agreement is."""
        return self.signed_with or self.holder

    @property
    def party_id(self) -> int | None:
        return self.signed_with_id or self.holder_id

    @property
    def is_agreement_in_force(self) -> bool:
        """As `with_agreement` says it."""
        is_signed = self.nda_signed_on is not None and self.nda_signed_on <= timezone.localdate()
        return is_signed and not self.has_ended_agreement

    @property
    def is_with_former_holder(self) -> bool:
        """The technology has got another holder, whose texts the agreement does not open."""
        return self.party_id != self.match_request.technology.holder_id

    @property
    def has_ended_agreement(self) -> bool:
        return self.nda_ends_on is not None and self.nda_ends_on < timezone.localdate()
