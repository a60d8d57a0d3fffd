"""How a file is to be read: its sheet, its header row, its encoding, and what each column means."""

from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kr_ru_platform.web.fields import RevisionField
from kr_ru_platform.words.languages import Language
from matching.domain.intake.files.encodings import CHOICES
from matching.domain.intake.files.headings import HEADERS, TEXT_COLUMNS
from matching.domain.intake.files.row_streams import ReadingChoices
from matching.models import Technology, TechnologyText

OTHER_LABELS = {
    "language": gettext_lazy("language of the text"),
    "holder_number": gettext_lazy("registration number of the holder"),
    "holder_id": gettext_lazy("id of the holder"),
}
MOST_COLUMNS = 100


def target_choices() -> list[tuple[str, str]]:
    """Every column of ours; texts also by language."""
    choices = [("", _("Not used"))]
    for name in HEADERS:
        label = label_of(name)
        choices.append((name, label))
        if name in TEXT_COLUMNS and name != "provenance":
            choices += [(f"{name}_{language}", f"{label} – {language.label}") for language in Language]
    return choices


def label_of(name: str) -> str:
    if name in OTHER_LABELS:
        return str(OTHER_LABELS[name])
    model = TechnologyText if name in TEXT_COLUMNS else Technology
    return str(model._meta.get_field(name).verbose_name)


class ColumnNames:
    """A column as a person knows it: by the name in the file, or in words where only our own name is known."""

    def __init__(self, layout: dict[str, Any]) -> None:
        self.in_file = {column["name"] for column in layout.get("columns") or []}
        self.words = dict(target_choices()[1:])

    def said(self, column: str, *, row: int) -> str:
        if row and column in self.in_file:
            return column
        return self.words.get(column, column)


class ImportReadingForm(forms.Form):
    # Columns are told apart by their place: in a file that is read otherwise meanwhile others stand there.
    expected_revision = RevisionField()
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=gettext_lazy("Row with the names of the columns"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=lazystr(gettext_lazy("Empty: it is looked for.")),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)

    def __init__(self, *args: Any, layout: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        self._offer("sheet", layout.get("sheets") or [], layout.get("sheet", ""))
        is_text = not layout.get("sheets")
        possible = [*layout.get("possible", ()), *(name for name in CHOICES if name not in layout.get("possible", ()))]
        self._offer("encoding", possible if is_text else [], layout.get("encoding") or "")
        if layout.get("encoding") == "" and layout.get("possible"):
            self.fields["encoding"].initial = layout["possible"][0]
        self.fields["header_row"].initial = layout.get("header_row") or None
        self.columns = (layout.get("columns") or [])[:MOST_COLUMNS]
        choices = target_choices()
        for index, column in enumerate(self.columns):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=column["name"],
                choices=choices,
                required=False,
                initial=column["target"] or column["guess"],
            )

    def _offer(self, name: str, values: list[str], initial: str) -> None:
        if not values:
            del self.fields[name]
            return
        self.fields[name].choices = [(value, value) for value in values]  # type: ignore[attr-defined]
        self.fields[name].initial = initial

    def place_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sheet", "header_row", "encoding") if name in self.fields]

    def column_rows(self) -> list[dict[str, Any]]:
        return [{**column, "field": self[f"column_{index}"]} for index, column in enumerate(self.columns)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seen: dict[str, str] = {}
        for index, column in enumerate(self.columns):
            target = data.get(f"column_{index}", "")
            if target and target in seen:
                self.add_error(
                    f"column_{index}", _("“%(column)s” is already used for this.") % {"column": seen[target]}
                )
            seen.setdefault(target, column["name"])
        return data

    def reading(self) -> ReadingChoices:
        data, layout = self.cleaned_data, self.layout
        place = (data.get("sheet", ""), data.get("header_row") or 0, data.get("encoding", ""))
        former = (layout.get("sheet", ""), layout.get("header_row") or 0, layout.get("encoding", ""))
        # Elsewhere in the file the columns are others: they are looked at again.
        columns = {
            column["name"]: data.get(f"column_{index}", "")
            for index, column in enumerate(self.columns)
            if place == former
        }
        return ReadingChoices(*place, columns)
