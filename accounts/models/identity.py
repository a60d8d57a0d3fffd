"""What an organisation is known by besides its own names: further numbers, other and former names."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import AliasKind, NumberKind
from accounts.models.organisation import Organisation
from accounts.names.name_keys import NameKeys
from accounts.names.numbers import written
from kr_ru_platform.models import TimeStamped
from kr_ru_platform.words.languages import Language


class OrganisationNumber(TimeStamped):
    """A number in a register, compact as `accounts.names.numbers` keeps it.

    The Korean business number that a company registers with stands in the organisation itself; here stand all others,
    for example those of further places of business, and ids under which the centre's files know an organisation.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="numbers")
    kind = models.CharField(_("kind"), max_length=12, choices=NumberKind)
    value = models.CharField(_("number"), max_length=100)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("registration number")
        verbose_name_plural = _("registration numbers")
        ordering = ["organisation", "kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="organisation_number_is_of_one_organisation",
                violation_error_message=_("Another organisation already has this number."),
            )
        ]

    def __str__(self) -> str:
        return self.written

    @property
    def written(self) -> str:
        return written(self.kind, self.value)


class OrganisationAlias(TimeStamped):
    """A name that the centre has confirmed to be this organisation's: in another script, short, or a former one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=AliasKind, default=AliasKind.ALIAS)
    name_keys = NameKeys()
    confirmed_at = models.DateTimeField(_("confirmed"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["organisation", "kind", "name"]
        indexes = [GinIndex(fields=["name_keys"], name="organisation_alias_keys")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="organisation_alias_is_noted_once",
                violation_error_message=_("This name is already noted."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def spelled_names(self) -> list[str]:
        return [self.name]
