"""Forms of the import pages: the file, and what to do with it after the check."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kr_ru_platform.web.fields import RevisionField
from kr_ru_platform.web.uploads import KeptFileField, OneFileInput
from kr_ru_platform.words.sizes import file_size
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.sniffing import kind_by_content
from matching.domain.intake.technology_imports import ImportDecision
from matching.enums import ImportPolicy
from matching.wording.imports import message_for

DAMAGED = ("not_xlsx", "not_text", "unpacks_too_large")


class ImportUploadForm(forms.Form):
    file = KeptFileField(
        label=_("File"),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file.")},
        widget=OneFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.jsonl,.ndjson"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = file_size(settings.IMPORT_MAX_BYTES)
        self.fields["file"].help_text = _("CSV, XLSX or JSONL, at most %(limit)s.") % {"limit": limit}
        self.fields["file"].widget.attrs |= {
            "data-max-bytes": settings.IMPORT_MAX_BYTES,
            "data-too-large": too_large_message(),
        }

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            kind_by_content(file, file.name or "")
        except ImportFileError as error:
            # Damage is told by the check, on the page of the import.
            if error.code not in DAMAGED:
                raise ValidationError(message_for(error.code), code=error.code) from error
        finally:
            file.seek(0)
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            raise ValidationError(too_large_message(), code="file_too_large")
        return file


def too_large_message() -> str:
    return _("The file is too large: at most %(limit)s. Divide it into several files.") % {
        "limit": file_size(settings.IMPORT_MAX_BYTES)
    }


class ImportDecisionForm(forms.Form):
    # Which check was read: a file that is read otherwise meanwhile brings something else.
    expected_revision = RevisionField()
    policy = forms.ChoiceField(label=_("If rows have errors"), choices=ImportPolicy.choices, widget=forms.RadioSelect)
    publish = forms.BooleanField(
        label=_("Publish at once"),
        required=False,
        help_text=_(
            "For somebody else than who uploaded the file: that is the second person's check. "
            "Otherwise everything new is kept as a draft, and changes of published profiles wait for approval."
        ),
    )
    reason = forms.CharField(
        label=_("Reason, if a programme manager publishes an own file alone"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    change_holders = forms.BooleanField(
        label=_("Give technologies to other holders, as the file says"),
        required=False,
        help_text=_("Each is listed below. A holder reads the protected texts of its technologies."),
    )

    def __init__(self, *args: Any, drafts: int = 0, **kwargs: Any) -> None:
        """`drafts`: how many that are there already would be published with the file."""
        super().__init__(*args, **kwargs)
        if drafts:
            said = ngettext(
                "Besides what is new, %(count)s draft that is there already becomes public; it is listed below.",
                "Besides what is new, %(count)s drafts that are there already become public; they are listed below.",
                drafts,
            ) % {"count": f"{drafts:,}"}
            self.fields["publish"].help_text = f"{self.fields['publish'].help_text} {said}"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("reason", "").strip() and not self.cleaned_data.get("publish"):
            self.add_error(
                "publish", _("You gave a reason to publish alone: tick this as well, or leave the reason empty.")
            )
        return cleaned

    def decision(self) -> ImportDecision:
        return ImportDecision(**{name: self.cleaned_data[name] for name in self.fields if name != "expected_revision"})
