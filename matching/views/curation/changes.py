"""Changes to published profiles that wait for a second person: the list, one beside the live text, the decision."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.revision_forms import reopened
from kr_ru_platform.words.history import FieldChange
from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.reading.row_keys import as_id
from kr_ru_platform.words.stored_values import shown_value
from matching.domain.technologies import proposed_changes
from matching.domain.technologies.publication import may_decide_alone
from matching.enums import ChangeState
from matching.forms.curation.changes import DecisionForm
from matching.models import ProposedChange, Technology, TechnologyText
from matching.nudge import nudge_matching
from matching.pages.technology_page import stale_words
from matching.views.access import curators_only

PAGE_SIZE = 20
DONE = {
    "approve": gettext_lazy("The change is published."),
    "return": gettext_lazy("The change went back to those who wrote it."),
    "drop": gettext_lazy("The change has been dropped; the profile stays as it is."),
}


@curators_only
@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    waiting = _waiting(request)
    of_import = as_id(request.GET.get("import"))
    if of_import:
        waiting = waiting.filter(technology_import=of_import)
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    mine = set(waiting.filter(authors=request.user).values_list("pk", flat=True))
    may_approve = list(waiting.for_second_person(request.user)) if of_import else []
    context = {"page": page, "mine": mine, "of_import": of_import, "may_approve": len(may_approve)}
    context["seen"] = _as_seen(may_approve)
    return render(request, "matching/curation/changes/change_list.html", context)


def _waiting(request: HttpRequest) -> Any:
    rows = ProposedChange.objects.visible_to(request.user).waiting()
    return rows.select_related("technology").prefetch_related("technology__texts", "authors").order_by("id")


def _as_seen(changes: list[ProposedChange]) -> str:
    """Which changes a list showed, and how they stood then."""
    rows = ",".join(f"{change.pk}:{change.technology.revision}" for change in changes)
    return sha256(rows.encode()).hexdigest()


@curators_only
@require_POST
def change_approve_import(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of one file that this person did not write, as the list showed them."""
    changes = list(_waiting(request).for_second_person(request.user).filter(technology_import=pk))
    if request.POST.get("seen") != _as_seen(changes):
        messages.warning(request, _("Somebody changed some of these meanwhile. Look at them again before you decide."))
        return redirect(f"{reverse('change_list')}?import={pk}")
    done, left = proposed_changes.approve_import(changes=changes, by=request.user)
    nudge_matching()
    messages.success(request, _("Published: %(done)d. Left: %(left)d.") % {"done": done, "left": left})
    return redirect("change_list")


@curators_only
@require_http_methods(["GET", "POST"])
def change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ProposedChange.objects.visible_to(request.user).select_related("technology__holder", "decided_by")
    change = get_object_or_404(rows.prefetch_related("technology__texts", "authors"), pk=pk)
    form = DecisionForm(request.POST or None, initial={"revision": change.technology.revision})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, change, form.cleaned_data)
        except MoveNotAllowedError as error:
            form.add_error("reason", in_words(error.refusal))
            status = 422
        except StaleRevisionError:
            # The version that this page shows, which may be older than the one that was refused.
            reopened(form, change.technology, request, field="revision")
            form.add_error(None, stale_words(is_own=form.is_own_change))
            status = 409
    context = {
        "change": change,
        "technology": change.technology,
        "former_reasons": _former_reasons(change),
        "facts": _facts(change),
        "texts": _texts(change),
        "form": form,
        "refusal": in_words(proposed_changes.refusal_of_approval(change=change, by=request.user)),
        "is_waiting": change.state in (ChangeState.OPEN, ChangeState.RETURNED),
        "may_alone": may_decide_alone(request.user, "-"),
    }
    return render(request, "matching/curation/changes/change_detail.html", context, status=status)


def _decide(request: HttpRequest, change: ProposedChange, data: dict[str, Any]) -> HttpResponse:
    said = {"change": change, "by": request.user, "expected_revision": data["revision"]}
    if data["decision"] == "approve":
        proposed_changes.approve_change(**said, reason=data["reason"])
        nudge_matching()
    elif data["decision"] == "return":
        proposed_changes.return_change(**said, reason=data["reason"])
    else:
        proposed_changes.drop_change(**said, reason=data["reason"])
    messages.success(request, DONE[data["decision"]])
    return redirect("change_list" if data["decision"] == "approve" else "technology_edit", *_address(change, data))


def _address(change: ProposedChange, data: dict[str, Any]) -> list[int]:
    return [] if data["decision"] == "approve" else [change.technology_id]


def _former_reasons(change: ProposedChange) -> list[dict[str, Any]]:
    people = User.objects.in_bulk([said["by"] for said in change.former_reasons if said["by"]])
    return [
        {"by": people.get(said["by"]), "at": datetime.fromisoformat(said["at"]), "reason": said["reason"]}
        for said in change.former_reasons
    ]


def _facts(change: ProposedChange) -> list[FieldChange]:
    """What stands there (or stood when it was decided), and what is to stand there."""
    live = change.before.get("facts") or proposed_changes.live_facts(change.technology)
    return [
        FieldChange(_label(Technology, name), _fact(name, live.get(name)), _fact(name, value))
        for name, value in change.facts.items()
    ]


def _texts(change: ProposedChange) -> list[dict[str, Any]]:
    live = change.before.get("texts") or proposed_changes.live_texts(change.technology)
    return [
        {
            "language": Language(code),
            "is_new": code not in live,
            "changes": [
                FieldChange(
                    _label(TechnologyText, name), _text(name, live.get(code, {}).get(name, "")), _text(name, value)
                )
                for name, value in values.items()
                if value or live.get(code, {}).get(name)
            ],
        }
        for code, values in change.texts.items()
    ]


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _fact(name: str, value: Any) -> str:
    if name == "holder":
        return str(Organisation.objects.filter(pk=proposed_changes.present_holder(value)).first() or "–")
    return shown_value(Technology._meta.get_field(name), value)


def _text(name: str, value: str) -> str:
    return shown_value(TechnologyText._meta.get_field(name), value)
