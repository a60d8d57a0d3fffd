"""Programmes: the money of one year that research tasks are paid from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.saving.errors import StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.revision_forms import reopened
from projects import rules
from projects.domain.tasks.programmes import create_programme, update_programme
from projects.forms.programmes import ProgrammeForm
from projects.models import Programme


@login_required
def programme_list(request: HttpRequest) -> HttpResponse:
    if not rules.can_see_programmes(request.user):
        raise PermissionDenied
    programmes = Programme.objects.annotate(tasks=Count("research_tasks"))
    context = {"programmes": programmes, "can_edit": rules.can_edit_programmes(request.user)}
    return render(request, "projects/tasks/programme_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def programme_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    if not rules.can_edit_programmes(request.user):
        raise PermissionDenied
    programme = get_object_or_404(Programme, pk=pk) if pk else None
    initial = {"expected_revision": programme.revision} if programme else {}
    form = ProgrammeForm(request.POST or None, instance=programme, initial=initial)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            save(request, form, programme)
        except StaleRevisionError as error:
            newer = error.row
            reopened(form, newer, request)
        else:
            messages.success(request, _("The programme has been saved."))
            return redirect("programme_list")
    return render(request, "projects/tasks/programme_form.html", {"form": form, "programme": programme, "newer": newer})


def save(request: HttpRequest, form: ProgrammeForm, programme: Programme | None) -> Programme:
    if programme is None:
        return create_programme(by=request.user, data=form.cleaned_data)
    revision = form.cleaned_data["expected_revision"]
    return update_programme(programme=programme, by=request.user, data=form.cleaned_data, expected_revision=revision)
