"""Companies, institutes, universities and agencies: one record with its names in every script."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import Confirmation, ConfirmationGround, Country, OrganisationKind, SizeClass
from accounts.names.name_keys import NameKeys
from accounts.names.public_names import mask_name
from accounts.validators import validate_business_number, validate_name
from kr_ru_platform.models import Revisioned, TimeStamped
from kr_ru_platform.words.languages import Language, in_reader_language
from kr_ru_platform.words.looking_up import search_words
from kr_ru_platform.words.reading.organisation_names import around_name, fold_name

if TYPE_CHECKING:
    from accounts.models.user import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Full records: the centre sees all, a member those they act for."""
        if not isinstance(user, AnonymousUser) and user.is_centre_staff:
            return self
        return self.filter(pk__in=getattr(user, "organisation_ids", ()))

    def confirmed(self) -> "OrganisationQuerySet":
        return self.filter(confirmation=Confirmation.CONFIRMED)

    def named_for(self, user: Any) -> "OrganisationQuerySet":
        """Those whose real name this reader may know, as `Organisation.name_for` has it."""
        if getattr(user, "is_centre_staff", False):
            return self
        own = Q(pk__in=getattr(user, "organisation_ids", ()))
        return self.filter(Q(confirmation=Confirmation.CONFIRMED, is_name_masked=False) | own)

    def unconfirmed(self) -> "OrganisationQuerySet":
        return self.exclude(confirmation=Confirmation.CONFIRMED)

    def found_by(self, text: str) -> "OrganisationQuerySet":
        """Each word somewhere in a name that it has or had, in the city or in a number, however it is written.

        Koreans space names as they like, so the words count both as typed and as those of one name.
        """
        if not text.strip():
            return self
        typed = [around_name(word)[1] for word in search_words(around_name(text)[1])]
        named = search_words(fold_name(text))
        return self.filter(self._with_words(typed) | self._with_words(named))

    def _with_words(self, words: Sequence[str]) -> Q:
        found = Q()
        for word in words:
            names = Q(name_ko__holds=word) | Q(name_ru__holds=word) | Q(name_en__holds=word) | Q(short_name__holds=word)
            others = Q(city__holds=word) | Q(registration_number__holds=word) | Q(external_id__holds=word)
            kept = Q(aliases__name__holds=word) | Q(numbers__value__holds=word)
            found &= Q(pk__in=self.model._default_manager.filter(names | others | kept).values("pk"))
        return found


class Organisation(TimeStamped, Revisioned):
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True, validators=[validate_name])
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True, validators=[validate_name])
    name_en = models.CharField(_("name in English"), max_length=300, blank=True, validators=[validate_name])
    short_name = models.CharField(_("short name"), max_length=60, blank=True, validators=[validate_name])
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    city = models.CharField(_("city"), max_length=100, blank=True)
    size_class = models.CharField(_("size"), max_length=8, choices=SizeClass, blank=True)
    registration_number = models.CharField(
        _("Korean business registration number"),
        max_length=12,
        blank=True,
        validators=[validate_business_number],
        help_text=_("Ten digits, for example 124-81-00998."),
    )
    website = models.URLField(_("website"), blank=True)
    is_name_masked = models.BooleanField(
        _("mask the name for the public"),
        default=True,
        help_text=_("Visitors see, for example, ㈜동***지."),
    )
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    confirmation = models.CharField(
        _("confirmation"), max_length=11, choices=Confirmation, default=Confirmation.UNCONFIRMED, editable=False
    )
    confirmation_ground = models.CharField(
        _("ground"), max_length=8, choices=ConfirmationGround, blank=True, editable=False
    )
    confirmation_note = models.CharField(_("document, register entry or reason"), max_length=300, blank=True)
    confirmation_decided_at = models.DateTimeField(_("confirmation decided"), null=True, editable=False)
    confirmation_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmation decided by"),
    )
    # What names are compared by; see accounts/names/name_keys.py.
    name_keys = NameKeys()
    history = HistoricalRecords(excluded_fields=["name_keys"])

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_ko", "name_en", "name_ru", "id"]
        indexes = [GinIndex(fields=["name_keys"], name="organisation_name_keys")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmation=Confirmation.UNCONFIRMED) | Q(confirmation_decided_at__isnull=False),
                name="organisation_confirmation_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_ru="") | ~Q(name_en=""),
                name="organisation_has_a_name_in_some_language",
                violation_error_message=_("Give the name in at least one language."),
            ),
            models.UniqueConstraint(
                fields=["registration_number"],
                condition=~Q(registration_number=""),
                name="organisation_registration_number_is_unique",
                violation_error_code="unique",
                violation_error_message=_("This business registration number is already registered."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="organisation_external_id_is_unique",
                violation_error_code="unique",
                violation_error_message=_("Another organisation already has this external id."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmation_withdrawn(self) -> bool:
        return self.confirmation == Confirmation.WITHDRAWN

    @property
    def is_korean(self) -> bool:
        return self.country == Country.KOREA

    @property
    def name(self) -> str:
        """The name in the reader's language, or the best that there is."""
        return self.name_and_language[0]

    @property
    def name_and_language(self) -> tuple[str, str]:
        return in_reader_language(self, "name", otherwise=(Language.KOREAN, Language.ENGLISH, Language.RUSSIAN))

    @property
    def name_language(self) -> str:
        return self.name_and_language[1]

    @property
    def spelled_names(self) -> list[str]:
        return [name for name in (self.name_ko, self.name_ru, self.name_en) if name]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmation == Confirmation.CONFIRMED

    @property
    def public_name(self) -> str:
        """What everybody may read. A name that nobody has confirmed is nobody's advertisement."""
        return self.name if self.is_confirmed and not self.is_name_masked else mask_name(self.name)

    def name_for(self, user: Any) -> str:
        """The name as this reader may see it: masked for outsiders where so marked."""
        is_insider = getattr(user, "is_centre_staff", False) or self.pk in getattr(user, "organisation_ids", ())
        return self.name if is_insider else self.public_name
