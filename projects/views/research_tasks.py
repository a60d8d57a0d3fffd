"""List, detail, creation and change of research tasks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.revision_forms import reopened
from kr_ru_platform.words.reading.row_keys import as_id
from matching.models import Introduction
from projects import rules
from projects.domain.tasks import kickoff
from projects.domain.tasks import research_tasks as domain
from projects.domain.tasks.history import history_of
from projects.domain.tasks.task_lists import (
    budget_table,
    companies_of,
    outcome_groups,
    research_tasks_for_detail,
    research_tasks_for_list,
)
from projects.enums import TaskState
from projects.filters import ResearchTaskFilter
from projects.forms.research_tasks import MoveForm, PartnerFormSet, ResearchTaskForm, StopForm
from projects.models import ResearchTask

PAGE_SIZE = 20
SUGGESTIONS = 300


@login_required
def research_task_list(request: HttpRequest) -> HttpResponse:
    filters = ResearchTaskFilter(request.GET, queryset=research_tasks_for_list(request.user))
    page = Paginator(filters.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    for research_task in page:
        research_task.companies = companies_of(research_task)
    context = {
        "filter": filters,
        "page": page,
        "is_filtered": any(request.GET.get(name) for name in filters.filters),
        "can_create": rules.can_edit_research_tasks(request.user),
        "can_see_programmes": rules.can_see_programmes(request.user),
    }
    return render(request, "projects/tasks/research_task_list.html", context)


@login_required
def research_task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    research_task = get_object_or_404(research_tasks_for_detail(request.user), pk=pk)
    groups = outcome_groups(research_task.outcomes.all())
    for group in groups:
        for outcome in group.outcomes:
            outcome.can_edit = rules.can_edit_outcome(request.user, outcome)
            outcome.can_check = rules.can_check_outcome(request.user, outcome)
    context = {
        "research_task": research_task,
        "budget": budget_table(research_task.budget_lines.all()),
        "outcome_groups": groups,
        "moves": domain.MOVES.from_(research_task.state),
        "can_edit": rules.can_edit_research_tasks(request.user),
        "can_edit_budget": rules.can_edit_budgets(request.user),
        "can_see_history": rules.can_see_history(request.user),
        "can_report": rules.can_report_outcomes(request.user, research_task),
        "request_of_task": visible_request(request.user, research_task),
    }
    return render(request, "projects/tasks/research_task_detail.html", context)


@login_required
def research_task_history(request: HttpRequest, pk: int) -> HttpResponse:
    research_task = get_object_or_404(ResearchTask.objects.visible_to(request.user), pk=pk)
    if not rules.can_see_history(request.user):
        raise PermissionDenied
    context = {"research_task": research_task, "entries": history_of(research_task)}
    return render(request, "projects/tasks/research_task_history.html", context)


def visible_request(user: Any, research_task: ResearchTask) -> Any:
    """The match request the task came from, for those who may open it."""
    if research_task.introduction is None:
        return None
    match_request = research_task.introduction.match_request
    is_own = match_request.organisation_id in user.organisation_ids
    return match_request if user.is_centre_staff or is_own else None


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def research_task_create(request: HttpRequest) -> HttpResponse:
    if not rules.can_edit_research_tasks(request.user):
        raise PermissionDenied
    introduction = chosen_introduction(request)
    today = timezone.localdate()
    if introduction:
        proposal = kickoff.propose_research_task(introduction=introduction, today=today)
    else:
        proposal = kickoff.TaskProposal(data=kickoff.propose_blank(today=today))
    form = ResearchTaskForm(request.POST or None, initial={**proposal.data, "manager": request.user})
    partners = partner_forms(request, proposal.partners)
    if is_saving(request) and form.is_valid() and partners.is_valid():
        origin = {name: proposal.data.get(name) for name in ("introduction", "technology", "demand")}
        research_task = domain.create_research_task(
            by=request.user, data=form.cleaned_data | origin, partners=partners.partners()
        )
        messages.success(request, _("The research task has been created."))
        return redirect("research_task_detail", pk=research_task.pk)
    return render_form(request, form, partners, introduction=introduction)


def chosen_introduction(request: HttpRequest) -> Introduction | None:
    if not request.GET.get("introduction"):
        return None
    introductions = Introduction.objects.select_related(
        "holder", "match_request__technology", "match_request__demand", "match_request__organisation"
    ).prefetch_related("match_request__technology__texts", "research_tasks")
    return get_object_or_404(introductions, pk=as_id(request.GET["introduction"]))


def is_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and "add_line" not in request.POST


def partner_forms(request: HttpRequest, partners: Any) -> Any:
    """The partners' rows; "add a line" works without a script by coming back with one more."""
    initial = [{"organisation": organisation, "role": role} for organisation, role in partners]
    if request.method != "POST":
        return PartnerFormSet(initial=initial, prefix="partners")
    data = request.POST.copy()
    shown = data.get("partners-TOTAL_FORMS", "")
    if "add_line" in data and shown.isdecimal() and len(shown) < 5:
        data["partners-TOTAL_FORMS"] = str(min(int(shown) + 1, 20))
    return PartnerFormSet(data, prefix="partners")


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def research_task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    research_task = get_object_or_404(ResearchTask.objects.visible_to(request.user), pk=pk)
    if not rules.can_edit_research_tasks(request.user):
        raise PermissionDenied
    initial = {"expected_revision": research_task.revision}
    form = ResearchTaskForm(request.POST or None, instance=research_task, initial=initial)
    rows = research_task.partners.select_related("organisation")
    partners = partner_forms(request, [(row.organisation, row.role) for row in rows])
    newer = None
    if is_saving(request) and form.is_valid() and partners.is_valid():
        try:
            domain.update_research_task(
                research_task=research_task,
                by=request.user,
                data=form.cleaned_data,
                expected_revision=form.cleaned_data["expected_revision"],
                partners=partners.partners(),
            )
        except StaleRevisionError as error:
            newer = error.row
            reopened(form, newer, request)
        else:
            messages.success(request, _("The research task has been saved."))
            return redirect("research_task_detail", pk=pk)
    return render_form(request, form, partners, research_task=research_task, newer=newer)


def render_form(request: HttpRequest, form: Any, partners: Any, **context: Any) -> HttpResponse:
    companies = Organisation.objects.visible_to(request.user)[:SUGGESTIONS]
    context |= {"form": form, "partners": partners, "suggestions": companies}
    return render(request, "projects/tasks/research_task_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def research_task_move(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """Asks once more on a page of its own, then moves."""
    research_task = get_object_or_404(ResearchTask.objects.visible_to(request.user), pk=pk)
    if not rules.can_edit_research_tasks(request.user):
        raise PermissionDenied
    if state not in TaskState.values:
        raise Http404
    to = TaskState(state)
    form_class = StopForm if to == TaskState.STOPPED else MoveForm
    form = form_class(request.POST or None, initial={"expected_revision": research_task.revision})
    if request.method == "POST" and form.is_valid():
        try:
            return move(request, research_task, to, form.cleaned_data)
        except StaleRevisionError as error:
            reopened(form, error.row, request)
            messages.warning(request, _("The research task was changed meanwhile: look at it again, then decide."))
    context = {"research_task": research_task, "to": to, "form": form}
    return render(request, "projects/tasks/research_task_move.html", context)


def move(request: HttpRequest, research_task: ResearchTask, to: TaskState, said: dict[str, Any]) -> HttpResponse:
    try:
        domain.move_research_task(research_task=research_task, to=to, by=request.user, **said)
    except domain.EvidenceMissingError:
        messages.error(request, _("Give the evidence for the direction first, then start the task."))
        return redirect("research_task_edit", pk=research_task.pk)
    except MoveNotAllowedError:
        messages.error(request, _("The state of this research task no longer allows that."))
    else:
        messages.success(request, _("The state of the research task has been changed."))
    return redirect("research_task_detail", pk=research_task.pk)
