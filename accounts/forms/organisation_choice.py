"""The choice of an organisation, for forms of every app: also by the key of a record that was merged since."""

from typing import Any

from django import forms

from accounts.models import Organisation, OrganisationMerge
from kr_ru_platform.words.reading.row_keys import as_id


class OrganisationChoiceField(forms.ModelChoiceField):
    """An open form may hold the key of a record that is gone, in a field that nobody sees.

    It means the one that stayed, for whoever may choose that one.
    """

    def to_python(self, value: Any) -> Organisation | None:
        return super().to_python(self._led_on(value))

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(self._led_on(value))

    def _led_on(self, value: Any) -> Any:
        key = as_id(str(value)) if isinstance(value, str | int) else None
        if not key:
            return value
        merges = OrganisationMerge.objects.filter(old_id=key, organisation__in=self.queryset)
        return merges.values_list("organisation_id", flat=True).first() or value
