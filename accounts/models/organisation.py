"""Companies, institutes, universities and agencies: one record with its names in every script."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import Country, OrganisationKind, SizeClass
from accounts.names import mask_name
from accounts.validators import validate_business_number
from kr_ru_platform.models import Revisioned, TimeStamped

if TYPE_CHECKING:
    from accounts.models.user import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "OrganisationQuerySet":
        """Full records: the centre sees all, a member those they act for."""
        if not isinstance(user, AnonymousUser) and user.is_centre_staff:
            return self
        return self.filter(pk__in=getattr(user, "organisation_ids", ()))

    def found_by(self, text: str) -> "OrganisationQuerySet":
        """Each word somewhere in a name of any script, in the city or in the number."""
        rows = self
        for word in text.split():
            rows = rows.filter(
                Q(name_ko__icontains=word)
                | Q(name_ru__icontains=word)
                | Q(name_en__icontains=word)
                | Q(short_name__icontains=word)
                | Q(city__icontains=word)
                | Q(registration_number__startswith=word)
            )
        return rows


class Organisation(TimeStamped, Revisioned):
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
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
    history = HistoricalRecords()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_ko", "name_en", "name_ru", "id"]
        constraints = [
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
    def name(self) -> str:
        """The name in the reader's language, or the best that there is."""
        return self.name_and_language[0]

    @property
    def name_and_language(self) -> tuple[str, str]:
        names = {"ko": self.name_ko, "ru": self.name_ru, "en": self.name_en}
        for language in [(get_language() or "ko")[:2], "ko", "en", "ru"]:
            if names.get(language):
                return names[language], language
        return "", "ko"

    @property
    def name_language(self) -> str:
        return self.name_and_language[1]

    @property
    def public_name(self) -> str:
        return mask_name(self.name) if self.is_name_masked else self.name

    def name_for(self, user: Any) -> str:
        """The name as this reader may see it: masked for outsiders where so marked."""
        is_insider = getattr(user, "is_centre_staff", False) or self.pk in getattr(user, "organisation_ids", ())
        return self.name if is_insider else self.public_name
