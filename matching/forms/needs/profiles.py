"""What a company makes and can do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.fields import RevisionField
from matching.enums import Field
from matching.forms.needs.demands import long_text
from matching.models import CompanyProfile


class KsicField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper().replace(".", "")


class CompanyProfileForm(forms.Form):
    products = long_text(
        label=_("What do you make or sell?"),
        help_text=_("Products, materials, services, and the customers who use them."),
        required=False,
    )
    capabilities = long_text(
        label=_("What can you do well?"),
        help_text=_("Processes, equipment, certificates, research staff."),
        required=False,
        rows=4,
    )
    interests = long_text(
        label=_("Which technologies interest you?"),
        help_text=_("What you would like to add or improve in the next years."),
        required=False,
        rows=4,
    )
    field = forms.ChoiceField(label=_("Field"), choices=[("", _("Not chosen")), *Field.choices], required=False)
    ksic_code = KsicField(
        label=_("Industry code (KSIC)"),
        max_length=6,
        required=False,
        validators=CompanyProfile._meta.get_field("ksic_code").validators,
        help_text=_("Two to five digits from your business registration, for example C29271. Optional."),
    )
    revision = RevisionField()

    @property
    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
