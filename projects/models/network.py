"""The partners' network: agreements (MOU) and events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kr_ru_platform.models import TimeStamped
from kr_ru_platform.words.languages import in_reader_language
from projects.enums import AgreementFocus


class Agreement(TimeStamped):
    """A memorandum of understanding with a partner."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements", verbose_name=_("partner"))
    focus = models.CharField(_("focus"), max_length=10, choices=AgreementFocus)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_text = models.CharField(_("time as the source gives it"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("agreement (MOU)")
        verbose_name_plural = _("agreements (MOU)")
        ordering = ["focus", "id"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_focus_display()}"


class CooperationEvent(TimeStamped):
    code = models.SlugField(_("code"), max_length=60, unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    city_ko = models.CharField(_("city in Korean"), max_length=80)
    city_ru = models.CharField(_("city in Russian"), max_length=80, blank=True)
    city_en = models.CharField(_("city in English"), max_length=80, blank=True)
    # The first of the month where the source gives only the month.
    held_on = models.DateField(_("date"))
    is_month_only = models.BooleanField(_("only the month is known"), default=False)
    note_ko = models.TextField(_("note in Korean"), blank=True)
    note_ru = models.TextField(_("note in Russian"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return self.localised("name")

    def localised(self, field: str) -> str:
        """The field's text in the reader's language, else in Korean."""
        return in_reader_language(self, field)[0]

    def language_of(self, field: str) -> str:
        return in_reader_language(self, field)[1]

    @property
    def name_language(self) -> str:
        return self.language_of("name")

    @property
    def city_language(self) -> str:
        return self.language_of("city")

    @property
    def note_language(self) -> str:
        return self.language_of("note")

    @property
    def city(self) -> str:
        return self.localised("city")

    @property
    def note(self) -> str:
        return self.localised("note")
