"""Reporting, changing, verifying and disputing outcomes; handing out their evidence."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.revision_forms import reopened
from kr_ru_platform.words.form_cleaning import clean_file_name
from projects import rules
from projects.domain import outcomes as domain
from projects.domain.tasks.unusual_values import ConfirmationNeededError
from projects.forms.outcomes import CheckForm, DisputeForm, OutcomeForm
from projects.models import Outcome, ResearchTask
from projects.wording import explain


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
    return render(request, "projects/outcomes/outcome_form.html", context)


def try_report(request: HttpRequest, form: OutcomeForm, research_task: ResearchTask, context: dict[str, Any]) -> bool:
    try:
        domain.report_outcome(
            research_task=research_task,
            by=request.user,
            data=form.cleaned_data,
            is_confirmed="is_confirmed" in request.POST,
        )
    except ConfirmationNeededError as error:
        context["questions"] = [explain(question) for question in error.questions]
        return False
    return True


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
    return render(request, "projects/outcomes/outcome_form.html", context)


def try_update(request: HttpRequest, form: OutcomeForm, outcome: Outcome, context: dict[str, Any]) -> bool:
    try:
        domain.update_outcome(
            outcome=outcome,
            by=request.user,
            data=form.cleaned_data,
            expected_revision=form.cleaned_data["expected_revision"],
            is_confirmed="is_confirmed" in request.POST,
        )
    except ConfirmationNeededError as error:
        context["questions"] = [explain(question) for question in error.questions]
    except StaleRevisionError as error:
        context["newer"] = error.row
        reopened(form, error.row, request)
    except MoveNotAllowedError:
        form.add_error(None, _("This figure has been verified in the meantime and can no longer be changed."))
    else:
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
            reopened(form, error.row, request)
            own, others = (
                _("You have changed this in another window"),
                _("Somebody else has changed this in the meantime"),
            )
            messages.warning(request, own if form.is_own_change else others)
        except MoveNotAllowedError:
            messages.error(request, _("The state of this figure no longer allows that."))
            return redirect("research_task_detail", pk=outcome.research_task_id)
        else:
            messages.success(request, done)
            return redirect("research_task_detail", pk=outcome.research_task_id)
    context = {"outcome": outcome, "research_task": outcome.research_task, "form": form, "action": name}
    return render(request, "projects/outcomes/outcome_check.html", context)


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
