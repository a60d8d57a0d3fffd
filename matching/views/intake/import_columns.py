"""What the columns of an uploaded file mean, and where in it they are: as a person says it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.kept.sent_forms import mark_arrived
from matching.domain.intake import technology_imports as domain
from matching.enums import ImportState
from matching.forms.intake.import_reading import ImportReadingForm
from matching.models import TechnologyImport
from matching.nudge import nudge_imports
from matching.views.access import curators_only
from matching.wording.imports import READ_ANEW


@curators_only
@require_http_methods(["GET", "POST"])
def technology_import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(TechnologyImport, pk=pk)
    if not domain.MOVES.allows(row.state, ImportState.UPLOADED):
        if request.method == "POST":
            messages.error(request, _("This import has already been decided."))
        return redirect("technology_import_detail", pk=row.pk)
    form = ImportReadingForm(request.POST or None, layout=row.layout, initial={"expected_revision": row.revision})
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["expected_revision"]
            domain.set_reading(technology_import=row, by=request.user, reading=form.reading(), expected_revision=seen)
        except StaleRevisionError:
            messages.error(request, READ_ANEW)
        except MoveNotAllowedError:
            messages.error(request, _("This import has already been decided."))
        else:
            mark_arrived(request)
        nudge_imports()
        return redirect("technology_import_detail", pk=row.pk)
    lines = [{"encoding": name, "lines": lines} for name, lines in (row.layout.get("lines") or {}).items()]
    context = {"technology_import": row, "form": form, "samples": lines}
    return render(request, "matching/intake/technology_import_columns.html", context)
