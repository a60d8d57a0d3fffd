"""What a holder offers, with its texts in each language and their provenance."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import Country
from accounts.models import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped
from kr_ru_platform.words.languages import Language, reader_language
from matching.enums import (
    Audience,
    Direction,
    DisclosureLevel,
    Field,
    IprStatus,
    Provenance,
    TechnologyState,
    TransferMode,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

DISCLOSURE_AUDIENCE = {
    DisclosureLevel.PUBLIC: Audience.PUBLIC,
    DisclosureLevel.MEMBERS: Audience.MEMBERS,
    DisclosureLevel.NDA: Audience.NDA,
}


class Title(str):
    """What a technology is called, with the language that this is in."""

    language: str

    def __new__(cls, text: str, language: str) -> "Title":
        title = super().__new__(cls, text)
        title.language = language
        return title


class TechnologyQuerySet(models.QuerySet["Technology"]):
    def published(self) -> "TechnologyQuerySet":
        return self.filter(state=TechnologyState.PUBLISHED)

    def visible_to(self, user: "User | AnonymousUser") -> "TechnologyQuerySet":
        """The centre sees every state; everybody else what is published, and confirmed holders their own."""
        if getattr(user, "is_centre_staff", False):
            return self
        own = Q(holder__in=getattr(user, "confirmed_organisation_ids", ()))
        return self.filter(Q(state=TechnologyState.PUBLISHED) | own)

    def with_texts(self) -> "TechnologyQuerySet":
        return self.select_related("holder").prefetch_related("texts")


class Technology(TimeStamped, Revisioned):
    external_id = models.CharField(_("external id"), max_length=200, blank=True)
    holder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="technologies",
        verbose_name=_("holder"),
    )
    country = models.CharField(_("country of origin"), max_length=2, choices=Country, blank=True)
    field = models.CharField(_("field"), max_length=12, choices=Field, blank=True)
    ipc_codes = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("patent classes (IPC)"),
        default=list,
        blank=True,
    )
    trl = models.PositiveSmallIntegerField(
        _("technology readiness level (TRL)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    ipr_status = models.CharField(
        _("intellectual property"), max_length=9, choices=IprStatus, default=IprStatus.UNKNOWN
    )
    transfer_modes = ArrayField(
        models.CharField(max_length=20, choices=TransferMode),
        verbose_name=_("transfer modes"),
        default=list,
        blank=True,
    )
    direction = models.CharField(_("direction"), max_length=5, choices=Direction, default=Direction.RUSSIA_TO_KOREA)
    disclosure = models.CharField(
        _("who may read the full profile"),
        max_length=7,
        choices=DisclosureLevel,
        default=DisclosureLevel.MEMBERS,
    )
    state = models.CharField(_("state"), max_length=9, choices=TechnologyState, default=TechnologyState.DRAFT)
    source_language = models.CharField(_("language of the source"), max_length=2, choices=Language)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_technologies",
        verbose_name=_("curator in charge"),
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    # By language, as everybody could read them when it left the public the last time.
    public_titles = models.JSONField(default=dict, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["public_titles"])

    objects = TechnologyQuerySet.as_manager()

    class Meta:
        verbose_name = _("technology")
        verbose_name_plural = _("technologies")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="technology_external_id_is_unique",
                violation_error_message=_("Another technology already has this external id."),
            ),
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__range=(1, 9)),
                name="technology_trl_is_from_1_to_9",
                violation_error_message=_("The readiness level is a number from 1 to 9."),
            ),
            models.CheckConstraint(
                condition=~Q(state=TechnologyState.PUBLISHED) | Q(published_at__isnull=False),
                name="technology_published_has_a_publication_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == TechnologyState.PUBLISHED

    @property
    def is_under_agreement(self) -> bool:
        """Its details are read after a non-disclosure agreement only."""
        return self.disclosure == DisclosureLevel.NDA

    @property
    def text(self) -> "TechnologyText | None":
        """The text in the reader's language, else the source, else any. Prefetch `texts`."""
        by_language = {text.language: text for text in self.texts.all()}
        return next((by_language[code] for code in self._languages_wanted if code in by_language), None)

    @property
    def _languages_wanted(self) -> list[str]:
        return [reader_language(), self.source_language, Language.ENGLISH, Language.KOREAN, Language.RUSSIAN]

    @property
    def title(self) -> Title:
        """What anybody may be told that it is called: nothing that two people have not let into the public.

        A request, a research task or a mail may name a technology that its reader cannot open any more.
        """
        if self.state == TechnologyState.PUBLISHED:
            return self.working_title
        titles = self.titles_for_all
        for code in self._languages_wanted:
            if found := titles.get(code):
                return Title(found, code)
        return Title(gettext("Technology that is not offered at present"), reader_language())

    @property
    def titles_for_all(self) -> dict[str, str]:
        """By language, what `title` is chosen from; nothing where it was never in the public."""
        if self.state != TechnologyState.PUBLISHED:
            return dict(self.public_titles)
        return {text.language: text.title for text in self.texts.all()}

    @property
    def working_title(self) -> Title:
        """As it is written now, for pages of those who read it in every state. Prefetch `texts`."""
        text = self.text
        return Title(text.title if text else "", text.language if text else self.source_language)

    def title_for(self, user: "User | AnonymousUser") -> Title:
        is_staff = getattr(user, "is_centre_staff", False)
        is_own = self.holder_id in getattr(user, "confirmed_organisation_ids", ())
        return (self.working_title if is_staff or is_own else None) or self.title

    @property
    def as_owner(self) -> "dict[str, Technology]":
        """The column that leads from its index to it, as of a need."""
        return {"technology": self}

    @property
    def details_audience(self) -> Audience:
        return DISCLOSURE_AUDIENCE[DisclosureLevel(self.disclosure)]


class TechnologyText(TimeStamped):
    """One language version of a profile. Title and summary are the public teaser."""

    technology = models.ForeignKey(Technology, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    provenance = models.CharField(_("origin of the text"), max_length=7, choices=Provenance)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary (public)"), max_length=1000, blank=True)
    description = models.TextField(_("description"), blank=True)
    advantages = models.TextField(_("advantages and innovation"), blank=True)
    sought = models.TextField(_("what is sought from the partner"), blank=True)
    history: Any = HistoricalRecords()

    class Meta:
        verbose_name = _("text of a technology")
        verbose_name_plural = _("texts of technologies")
        ordering = ["technology", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["technology", "language"],
                name="technology_text_is_one_per_language",
                violation_error_message=_("There is already a text in this language."),
            ),
            models.UniqueConstraint(
                fields=["technology"],
                condition=Q(provenance=Provenance.SOURCE),
                name="technology_text_has_one_source",
                violation_error_message=_("Only one text can be the source."),
            ),
        ]
        # For titles of nearly the same letters.
        indexes = [GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="technology_title_trigrams")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_machine_made(self) -> bool:
        return self.provenance == Provenance.MACHINE

    @property
    def is_source(self) -> bool:
        return self.provenance == Provenance.SOURCE


class TechnologyMerge(models.Model):
    """One technology was entered twice: which record stays, and where the other one leads.

    The record that went is archived and keeps its texts, and its external id, by which imports find the other.
    """

    goes = models.OneToOneField(Technology, models.CASCADE, related_name="merged_as")
    stays = models.ForeignKey(Technology, models.PROTECT, related_name="merges")
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    # Who had written the texts that were taken, as far as nobody had checked them.
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        verbose_name = _("merged technology")
        verbose_name_plural = _("merged technologies")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.goes_id} → {self.stays_id}"
