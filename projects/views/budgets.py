"""The budget of a research task on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.saving.errors import StaleRevisionError
from kr_ru_platform.web.revision_forms import reopened
from projects import rules
from projects.domain.tasks.budgets import save_budget
from projects.domain.tasks.task_lists import budget_table
from projects.domain.tasks.unusual_values import ConfirmationNeededError
from projects.forms.budgets import BudgetForm
from projects.models import ResearchTask
from projects.wording import explain


@login_required
@require_http_methods(["GET", "POST"])
def budget_edit(request: HttpRequest, pk: int) -> HttpResponse:
    tasks = ResearchTask.objects.visible_to(request.user).select_related("programme")
    research_task = get_object_or_404(tasks.prefetch_related("budget_lines"), pk=pk)
    if not rules.can_edit_budgets(request.user):
        raise PermissionDenied
    form = BudgetForm(request.POST or None, research_task=research_task)
    is_valid = request.method == "POST" and form.is_valid()
    context = {"research_task": research_task, "form": form, "total": None}
    if is_valid:
        context["total"] = form.total
        if "check_total" not in request.POST and try_save(request, form, research_task, context):
            messages.success(request, _("The budget has been saved."))
            return redirect("research_task_detail", pk=pk)
    elif request.method == "GET":
        context["total"] = budget_table(research_task.budget_lines.all()).total
    return render(request, "projects/budgets/budget_form.html", context)


def try_save(request: HttpRequest, form: BudgetForm, research_task: ResearchTask, context: dict[str, object]) -> bool:
    """Whether it was saved; otherwise the page shows the question or the newer version."""
    try:
        save_budget(
            research_task=research_task,
            by=request.user,
            lines=form.amounts,
            expected_revision=form.head.cleaned_data["expected_revision"],
            is_confirmed="is_confirmed" in request.POST,
        )
    except ConfirmationNeededError as error:
        context["questions"] = [explain(question) for question in error.questions]
    except StaleRevisionError as error:
        newer = error.row
        reopened(form.head, newer, request)
        context["newer"] = budget_table(newer.budget_lines.all())
    else:
        return True
    return False
