"""The company's side of match requests: ask, follow, answer, withdraw."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import NotConfirmedError
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.registered.page_parts import parts_at
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.requests.too_many import is_within_limits
from kr_ru_platform.web.revision_forms import reopened
from kr_ru_platform.words.form_cleaning import clean_file_name
from kr_ru_platform.words.reading.row_keys import as_id
from matching import rules
from matching.domain.matches.feedback import decisions_of
from matching.domain.requests import introductions
from matching.domain.requests import match_requests as domain
from matching.domain.requests.request_lists import thread_for, with_request_texts
from matching.enums import MatchRequestState
from matching.forms.requests import (
    AcceptForm,
    AskForm,
    DeclineForm,
    DueDateForm,
    IntroduceForm,
    MessageForm,
    RequestForm,
    StaffMessageForm,
    WithdrawForm,
)
from matching.models import Demand, Match, MatchRequest, RequestAttachment, Technology
from matching.page_places import INTRODUCTION_ACTIONS, INTRODUCTION_FACTS
from matching.wording.next_steps import PATH_LABELS, current_step, next_step

PAGE_SIZE = 20


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def match_request_create(request: HttpRequest, pk: int) -> HttpResponse:
    technology = get_object_or_404(Technology.objects.visible_to(request.user).with_texts(), pk=pk)
    if not rules.can_request_introduction(request.user):
        messages.info(request, _("Register your company first: the centre needs to know who asks."))
        return redirect("my_organisation")
    match = Match.objects.visible_to(request.user).filter(pk=as_id(request.GET.get("match"))).first()
    if match is not None and match.technology_id != technology.pk:
        match = None
    form = RequestForm(request.POST or None, user=request.user, initial=_initial(request, match))
    if request.method == "POST" and form.is_valid():
        response = try_request(request, form, technology, match)
        if response is not None:
            return response
    context = {"technology": technology, "match": match, "form": form}
    return render(request, "matching/requests/match_request_create.html", context)


def _initial(request: HttpRequest, match: Match | None) -> dict[str, Any]:
    """For whom the request is to be: of a match, or as another page has proposed."""
    if match is not None:
        return {"demand": match.demand_id, "organisation": match.need.organisation_id}
    demand = Demand.objects.visible_to(request.user).filter(pk=as_id(request.GET.get("demand"))).first()
    if demand is not None:
        return {"demand": demand.pk, "organisation": demand.organisation_id}
    organisation = as_id(request.GET.get("organisation"))
    # Nothing rather than None: the form itself knows who acts for one company only.
    return {"organisation": organisation} if organisation else {}


def try_request(
    request: HttpRequest, form: RequestForm, technology: Technology, match: Match | None
) -> HttpResponse | None:
    """The redirect after a request was made; None with an error on the form otherwise."""
    if not _is_within_limits(request, form, "match request", organisation=form.cleaned_data["organisation"].pk):
        return None
    try:
        created = domain.request_introduction(technology=technology, by=request.user, match=match, **form.cleaned_data)
    except domain.TechnologyWithdrawnError:
        form.add_error(None, _("This technology is no longer offered, so it cannot be requested."))
    except domain.OwnTechnologyError:
        form.add_error(None, _("This technology belongs to this organisation."))
    except domain.AlreadyRequestedError as error:
        messages.info(request, _("Your company has already requested this technology. Here is the request."))
        return redirect("match_request_detail", pk=error.args[0].pk)
    else:
        messages.success(request, _("Your request has been sent to the centre."))
        return redirect("match_request_detail", pk=created.pk)
    return None


@login_required
def match_request_list(request: HttpRequest) -> HttpResponse:
    """Requests of the person's own companies."""
    rows = with_request_texts(
        MatchRequest.objects.filter(organisation__in=request.user.organisation_ids).order_by("-id")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page:
        row.next_step = next_step(row)
    return render(request, "matching/requests/match_request_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def match_request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    match_request = get_request(request, pk)
    form_class = StaffMessageForm if request.user.is_centre_staff else MessageForm
    form = form_class(request.POST or None, request.FILES or None)
    about = {"organisation": match_request.organisation_id, "thread": match_request.pk}
    if request.method == "POST" and form.is_valid() and _is_within_limits(request, form, "message", **about):
        domain.post_message(match_request=match_request, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your message has been added."))
        return redirect("match_request_detail", pk=pk)
    return render_detail(request, match_request, form)


def _is_within_limits(request: HttpRequest, form: Any, action: str, **who: int) -> bool:
    """The centre's own people write as much as their work asks for."""
    if request.user.is_centre_staff:
        return True
    return is_within_limits(request, form, action, sender=request.user.pk, **who)


def get_request(request: HttpRequest, pk: int) -> MatchRequest:
    return get_object_or_404(with_request_texts(MatchRequest.objects.visible_to(request.user)), pk=pk)


def render_detail(request: HttpRequest, match_request: MatchRequest, form: Any) -> HttpResponse:
    can_handle = rules.can_handle_match_requests(request.user)
    introduction = getattr(match_request, "introduction", None)
    is_closed = introduction is not None and not rules.can_read_introduction(request.user, match_request)
    if is_closed:
        introduction = None
    context = {
        "match_request": match_request,
        "introduction": introduction,
        "is_introduction_closed": is_closed,
        "introduction_facts": parts_at(INTRODUCTION_FACTS, introduction) if introduction else [],
        "introduction_actions": parts_at(INTRODUCTION_ACTIONS, introduction) if introduction else [],
        "thread": thread_for(match_request, is_staff=request.user.is_centre_staff, reads_introduction=not is_closed),
        "next_step": next_step(match_request),
        "steps": PATH_LABELS,
        "current_step": current_step(match_request),
        "form": form,
        "moves": domain.MOVES.from_(match_request.state),
        "due_form": DueDateForm(initial={"due_on": match_request.due_on}),
        "can_handle": can_handle,
        "decisions": decisions_of(match_request.technology) if can_handle else None,
        "can_withdraw": rules.can_withdraw_match_request(request.user, match_request),
    }
    return render(request, "matching/requests/match_request_detail.html", context)


# Each action: its page's form, the domain function, and who may do it.
STAFF_ACTIONS: dict[str, tuple[Any, Any, Any]] = {
    "ask": (AskForm, MatchRequestState.QUESTION, lambda **data: domain.ask(question=data.pop("body"), **data)),
    "accept": (
        AcceptForm,
        MatchRequestState.ACCEPTED,
        lambda **data: domain.accept(note=data.pop("body"), **data),
    ),
    "decline": (
        DeclineForm,
        MatchRequestState.DECLINED,
        lambda **data: domain.decline(note=data.pop("body"), **data),
    ),
    "introduce": (IntroduceForm, MatchRequestState.INTRODUCED, introductions.introduce),
}
COMPANY_ACTIONS: dict[str, tuple[Any, Any, Any]] = {
    "withdraw": (
        WithdrawForm,
        MatchRequestState.WITHDRAWN,
        lambda **data: domain.withdraw(note=data.pop("body"), **data),
    ),
}


@login_required
@require_http_methods(["GET", "POST"])
def match_request_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """The page of one step: its form, which is also the confirmation, then the step itself."""
    match_request = get_request(request, pk)
    is_withdrawal = action in COMPANY_ACTIONS
    may = (
        rules.can_withdraw_match_request(request.user, match_request)
        if is_withdrawal
        else rules.can_handle_match_requests(request.user)
    )
    if not may:
        raise PermissionDenied
    form_class, target, step = (COMPANY_ACTIONS if is_withdrawal else STAFF_ACTIONS)[action]
    seen = {"expected_revision": match_request.revision, "technology_revision": match_request.technology.revision}
    form = form_class(request.POST or None, request.FILES or None, initial=seen)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            is_done = _is_done(request, form, match_request, step)
        except StaleRevisionError:
            match_request, status = get_request(request, pk), 409
            _reopen(request, form, match_request)
        else:
            if is_done:
                return redirect("match_request_detail", pk=pk)
    context = {
        "match_request": match_request,
        "form": form,
        "action": action,
        "target": target,
        "is_possible": domain.MOVES.allows(match_request.state, target),
    }
    return render(request, "matching/requests/match_request_action.html", context, status=status)


def _is_done(request: HttpRequest, form: Any, match_request: MatchRequest, step: Any) -> bool:
    try:
        step(match_request=match_request, by=request.user, **form.cleaned_data)
    except NotConfirmedError as error:
        form.add_error(None, in_words(error.refusal))
    except MoveNotAllowedError:
        form.add_error(None, _("The request's state has changed meanwhile, so this step is no longer possible."))
    else:
        messages.success(request, _("Done. The parties have been told by e-mail."))
        return True
    return False


def _reopen(request: HttpRequest, form: Any, match_request: MatchRequest) -> None:
    """On the request and the technology as the page shows them now."""
    form.add_error(None, _("The request or the technology was changed meanwhile: look at both again, then decide."))
    reopened(form, match_request.technology, request, field="technology_revision")
    reopened(form, match_request, request)


@login_required
def request_attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file of the thread, for those who may read the thread. Always as a download."""
    requests = MatchRequest.objects.visible_to(request.user)
    files = RequestAttachment.objects.filter(event__match_request__in=requests)
    if not request.user.is_centre_staff:
        files = files.filter(event__is_internal=False)
    attachment = get_object_or_404(files, pk=pk)
    try:
        file = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=clean_file_name(attachment.name))
