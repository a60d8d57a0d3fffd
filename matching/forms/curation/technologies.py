"""Forms of the curators' pages: facts of a technology and its text in one language."""

import re
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.domain.organisations.identity import Candidate, find_organisation
from accounts.models import Organisation, User
from accounts.names.name_keys import whole_key
from kr_ru_platform.web.fields import RevisionField
from kr_ru_platform.words.addresses.web_addresses import validate_web_address
from kr_ru_platform.words.languages import Language
from matching.domain.texts.plain_text import has_markup
from matching.enums import Provenance, TransferMode
from matching.models import Technology, TechnologyText

HOLDER_OPTIONS = 3000


class HolderInput(forms.TextInput):
    """A text input that suggests the names of known organisations, without a script."""

    template_name = "matching/curation/technology/_holder_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"list": f"{name}-options", "autocomplete": "off"}
        context["options"] = [
            (organisation.name if organisation.is_confirmed else picked(organisation), organisation)
            for organisation in Organisation.objects.all()[:HOLDER_OPTIONS]
        ]
        return context


def picked(organisation: Organisation) -> str:
    return f"{organisation.name} [{organisation.pk}]"


class HolderField(forms.CharField):
    """An organisation by a name that the centre has confirmed, or picked from the suggestions as "name [12]"."""

    widget = HolderInput
    # Whose technology it is already: its name is not asked about again, even if others bear it.
    stored: Organisation | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            organisation = Organisation.objects.filter(pk=value).first()
            return organisation.name if organisation else ""
        return value

    def clean(self, value: Any) -> Organisation | None:  # type: ignore[override]
        name = super().clean(value)
        if not name:
            return None
        if self.stored and whole_key(name) in map(whole_key, self.stored.spelled_names):
            return self.stored
        if number := re.search(r"\[(\d{1,18})\]$", name, re.ASCII):
            found = Organisation.objects.filter(pk=int(number[1])).first()
        else:
            identified = find_organisation(name=name)
            found = identified.organisation
            self._refuse_candidates(found, identified.candidates)
        if found is None:
            raise ValidationError(
                _("No organisation has this name. Choose one of those suggested or register it first."),
                code="unknown_holder",
            )
        return found

    def _refuse_candidates(self, found: Organisation | None, candidates: tuple[Candidate, ...]) -> None:
        """A name that nobody confirmed, that several bear or that is merely alike: a person points at the one meant."""
        if found is None and candidates:
            raise ValidationError(
                _("This name alone does not say which organisation is meant. Choose one: %(names)s"),
                code="not_identified",
                params={"names": ", ".join(picked(candidate.organisation) for candidate in candidates)},
            )


class TechnologyForm(forms.ModelForm):
    revision = RevisionField()
    holder = HolderField(label=_("Holder"), required=False, help_text=_("Type a part of the name in any language."))
    is_holder_checked = forms.BooleanField(
        label=_("I have checked that this organisation, which is not confirmed, holds the technology."), required=False
    )
    transfer_modes = forms.MultipleChoiceField(
        label=_("Transfer modes"),
        choices=TransferMode.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
    )
    ipc_codes = SimpleArrayField(
        forms.CharField(max_length=20),
        label=_("Patent classes (IPC)"),
        required=False,
        help_text=_("Separated by commas, for example C22C 1/04, H01B 12/00."),
    )
    source_url = forms.URLField(
        label=_("Address of the source"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[validate_web_address],
    )
    owner = forms.ModelChoiceField(label=_("Curator in charge"), queryset=User.objects.none(), required=False)

    class Meta:
        model = Technology
        fields = (
            "external_id",
            "holder",
            "country",
            "field",
            "trl",
            "ipr_status",
            "ipc_codes",
            "transfer_modes",
            "direction",
            "disclosure",
            "source_url",
            "owner",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_holder = self.fields["holder"].stored = self.instance.holder
        self.fields["owner"].queryset = User.objects.centre_staff().active()
        self.fields["revision"].initial = self.instance.revision if self.instance.pk else None
        self.fields["trl"].widget = forms.Select(choices=[("", "–"), *((level, str(level)) for level in range(1, 10))])

    @property
    def has_unconfirmed_holder(self) -> bool:
        """An organisation that the centre has not confirmed is chosen, and was not the holder before."""
        holder = getattr(self, "cleaned_data", {}).get("holder")
        return bool(holder and not holder.is_confirmed and holder != self.stored_holder)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.has_unconfirmed_holder and not cleaned.get("is_holder_checked"):
            self.add_error(
                "is_holder_checked",
                _("The centre has not confirmed this organisation: confirm it first, or tick that you have checked."),
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}


class MoveForm(forms.Form):
    """Carries which version the person saw who confirms the move."""

    revision = RevisionField()
    reason = forms.CharField(
        label=_("Why is it published by one person?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Recorded, and told at the profile to everybody in the centre."),
    )

    def __init__(self, *args: Any, is_alone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_alone:
            del self.fields["reason"]


class PlainTextMixin:
    """Refuses markup in the text fields: it would be shown as it stands, not interpreted."""

    cleaned_data: dict[str, Any]

    def refuse_markup(self, names: tuple[str, ...]) -> None:
        for name in names:
            if has_markup(self.cleaned_data.get(name) or ""):
                self.add_error(  # type: ignore[attr-defined]
                    name, _("Write plain text: tags such as <b> or <script> cannot be used here.")
                )


class TechnologyTextForm(PlainTextMixin, forms.ModelForm):
    revision = RevisionField()

    class Meta:
        model = TechnologyText
        fields = ("provenance", "title", "summary", "description", "advantages", "sought")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].help_text = _("Two or three sentences that anybody may read.")
        rows = {"summary": 4, "description": 10, "advantages": 5, "sought": 4}
        for name in ("title", *rows):
            self.fields[name].widget.attrs |= {"lang": language}
            if name in rows:
                self.fields[name].widget.attrs["rows"] = rows[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_markup(("title", "summary", "description", "advantages", "sought"))
        return cleaned


class TechnologyCreateForm(PlainTextMixin, TechnologyForm):
    """A new technology with its first text; translations follow on their own pages."""

    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.choices)
    provenance = forms.ChoiceField(label=_("Origin of the text"), choices=Provenance.choices, initial=Provenance.SOURCE)
    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("Summary (public)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences that anybody may read."),
    )
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    advantages = forms.CharField(
        label=_("Advantages and innovation"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    sought = forms.CharField(
        label=_("What is sought from the partner"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_markup(("title", "summary", "description", "advantages", "sought"))
        return cleaned

    def texts(self) -> dict[str, dict[str, Any]]:
        names = ("provenance", "title", "summary", "description", "advantages", "sought")
        return {self.cleaned_data["language"]: {name: self.cleaned_data[name] for name in names}}
