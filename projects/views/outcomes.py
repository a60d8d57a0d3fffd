"""Reporting, changing, verifying and disputing outcomes; handing out their evidence."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.revisions import reopened
from kr_ru_platform.words.typed import clean_file_name
from projects import kept_files, rules
from projects.domain import outcomes as domain
from projects.domain.confirmation import ConfirmationNeededError
from projects.explanations import explain
from projects.forms.outcomes import CheckForm, DisputeForm, OutcomeForm
from projects.models import Outcome, ResearchTask


@login_required
@require_http_methods(["GET", "POST"])
def outcome_create(request: HttpRequest, pk: int) -> HttpResponse:
    tasks = ResearchTask.objects.visible_to(request.user).prefetch_related("partners")
    research_task = get_object_or_404(tasks, pk=pk)
    if not rules.can_report_outcomes(request.user, research_task):
        raise PermissionDenied
    initial = {"period_start": research_task.starts_on}
    form = OutcomeForm(request.POST or None, request.FILES or None, initial=initial)
    context: dict[str, Any] = {"research_task": research_task, "form": form}
    if request.method == "POST" and form.is_valid() and try_report(request, form, research_task, context):
        messages.success(request, _("The outcome has been recorded as a claim."))
        return redirect("research_task_detail", pk=pk)
    return render_form(request, form, context)


def try_report(request: HttpRequest, form: OutcomeForm, research_task: ResearchTask, context: dict[str, Any]) -> bool:
    try:
        domain.report_outcome(
            research_task=research_task,
            by=request.user,
            data=data_with_file(request, form),
            is_confirmed="is_confirmed" in request.POST,
        )
    except ConfirmationNeededError as error:
        context["questions"] = [explain(question) for question in error.questions]
        return False
    drop_kept_file(request)
    return True


def data_with_file(request: HttpRequest, form: OutcomeForm) -> dict[str, Any]:
    """What was typed, with the file that an earlier question made wait, unless a new one came."""
    kept = kept_file(request)
    if kept is None or "evidence_file" in request.FILES:
        return form.cleaned_data
    return form.cleaned_data | {"evidence_file": kept.open()}


def kept_file(request: HttpRequest) -> kept_files.KeptFile | None:
    return kept_files.find(request.POST.get("kept_file", ""), user_id=request.user.pk)


def drop_kept_file(request: HttpRequest) -> None:
    if kept := kept_file(request):
        kept.drop()


def render_form(request: HttpRequest, form: OutcomeForm, context: dict[str, Any]) -> HttpResponse:
    upload = getattr(form, "cleaned_data", {}).get("evidence_file")
    if isinstance(upload, UploadedFile):
        context["kept_file"] = kept_files.keep(upload, user_id=request.user.pk)
    elif request.method == "POST":
        context["kept_file"] = kept_file(request)
    return render(request, "projects/outcome_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def outcome_edit(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = visible_outcome(request, pk)
    if not rules.can_edit_outcome(request.user, outcome):
        raise PermissionDenied
    form = OutcomeForm(
        request.POST or None,
        request.FILES or None,
        instance=outcome,
        initial={"expected_revision": outcome.revision},
    )
    context: dict[str, Any] = {"research_task": outcome.research_task, "form": form, "outcome": outcome}
    if request.method == "POST" and form.is_valid() and try_update(request, form, outcome, context):
        messages.success(request, _("The outcome has been saved as a claim."))
        return redirect("research_task_detail", pk=outcome.research_task_id)
    return render_form(request, form, context)


def try_update(request: HttpRequest, form: OutcomeForm, outcome: Outcome, context: dict[str, Any]) -> bool:
    try:
        domain.update_outcome(
            outcome=outcome,
            by=request.user,
            data=data_with_file(request, form),
            expected_revision=form.cleaned_data["expected_revision"] or 0,
            is_confirmed="is_confirmed" in request.POST,
        )
    except ConfirmationNeededError as error:
        context["questions"] = [explain(question) for question in error.questions]
    except StaleRevisionError as error:
        context["newer"] = error.args[0]
        reopened(form, error.args[0].revision)
    except MoveNotAllowedError:
        form.add_error(None, _("This figure has been verified in the meantime and can no longer be changed."))
    else:
        drop_kept_file(request)
        return True
    return False


@login_required
@require_http_methods(["GET", "POST"])
def outcome_verify(request: HttpRequest, pk: int) -> HttpResponse:
    return check(request, pk, CheckForm, domain.verify_outcome, _("The figure has been verified."), "verify")


@login_required
@require_http_methods(["GET", "POST"])
def outcome_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    return check(request, pk, DisputeForm, domain.dispute_outcome, _("The figure is now disputed."), "dispute")


def check(request: HttpRequest, pk: int, form_class: Any, action: Any, done: str, name: str) -> HttpResponse:
    outcome = visible_outcome(request, pk)
    if not rules.can_check_outcome(request.user, outcome):
        raise PermissionDenied
    form = form_class(request.POST or None, initial={"expected_revision": outcome.revision})
    if request.method == "POST" and form.is_valid():
        try:
            action(outcome=outcome, by=request.user, **form.cleaned_data)
        except StaleRevisionError as error:
            reopened(form, error.args[0].revision)
            messages.warning(request, _("Somebody else has changed this in the meantime"))
        except MoveNotAllowedError:
            messages.error(request, _("The state of this figure no longer allows that."))
            return redirect("research_task_detail", pk=outcome.research_task_id)
        else:
            messages.success(request, done)
            return redirect("research_task_detail", pk=outcome.research_task_id)
    context = {"outcome": outcome, "research_task": outcome.research_task, "form": form, "action": name}
    return render(request, "projects/outcome_check.html", context)


@login_required
def outcome_file(request: HttpRequest, pk: int) -> FileResponse:
    """Evidence for those who see the task; always downloaded, never shown inside the site."""
    outcome = visible_outcome(request, pk)
    if not outcome.evidence_file:
        raise Http404
    try:
        file = outcome.evidence_file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = clean_file_name(outcome.evidence_file.name)
    return FileResponse(file, as_attachment=True, filename=name)


def visible_outcome(request: HttpRequest, pk: int) -> Outcome:
    tasks = ResearchTask.objects.visible_to(request.user)
    outcomes = Outcome.objects.select_related("research_task__programme", "reported_by")
    return get_object_or_404(outcomes.filter(research_task__in=tasks), pk=pk)
