"""A programme: the money of one year that research tasks are paid from."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.fields import RevisionField, WonField
from projects.models import Programme


class ProgrammeForm(forms.ModelForm):
    year = forms.IntegerField(
        label=_("Year"),
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    budget_krw = WonField(label=_("Granted budget (won)"), help_text=_("For example 7억 8,000만 or 780,000,000."))
    expected_revision = RevisionField()

    class Meta:
        model = Programme
        fields = ("code", "year", "name_ko", "name_ru", "name_en", "budget_krw")
        help_texts = {"code": _("Small letters, digits and hyphens, for example kr-ru-2019.")}
