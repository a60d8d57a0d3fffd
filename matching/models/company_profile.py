"""What a company makes and can do: matched before its first demand is written."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kr_ru_platform.models import Revisioned, TimeStamped
from kr_ru_platform.words.languages import Language
from matching.enums import Field

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class CompanyProfileQuerySet(models.QuerySet["CompanyProfile"]):
    def visible_to(self, user: "User | AnonymousUser") -> "CompanyProfileQuerySet":
        if getattr(user, "is_centre_staff", False):
            return self
        return self.filter(organisation__in=getattr(user, "organisation_ids", ()))


class CompanyProfile(TimeStamped, Revisioned):
    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="profile", verbose_name=_("company"))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KOREAN)
    products = models.TextField(_("products"), blank=True)
    capabilities = models.TextField(_("capabilities"), blank=True)
    interests = models.TextField(_("technologies of interest"), blank=True)
    field = models.CharField(_("field"), max_length=12, choices=Field, blank=True)
    ksic_code = models.CharField(
        _("industry code (KSIC)"),
        max_length=6,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-U]?\d{2,5}$",
                _("A KSIC code has two to five digits, with or without its section letter."),
            )
        ],
    )

    # As of every need, see need.py: it asks for nothing in particular, and is always open to matching.
    title: ClassVar[str] = ""
    minimum_trl: ClassVar[int | None] = None
    transfer_modes: ClassVar[Sequence[str]] = ()
    preferences: ClassVar[Mapping[str, str]] = MappingProxyType({})
    takes_preferences: ClassVar[bool] = False
    may_hold_background: ClassVar[bool] = False
    sentence_choices: ClassVar[Mapping[str, bool]] = MappingProxyType({})
    is_open: ClassVar[bool] = True
    is_closed: ClassVar[bool] = False

    objects = CompanyProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("company profile")
        verbose_name_plural = _("company profiles")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def need_key(self) -> "tuple[int | None, int | None]":
        return (None, self.pk)

    @property
    def as_owner(self) -> "dict[str, CompanyProfile]":
        return {"profile": self}

    @property
    def own_texts(self) -> tuple[str, str, str]:
        return self.products, self.capabilities, self.interests

    @property
    def page_url(self) -> str:
        return reverse("company_profile_for", args=[self.organisation_id])

    @property
    def edit_url(self) -> str:
        """It is changed where it is read."""
        return self.page_url
