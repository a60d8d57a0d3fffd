"""Two records of one organisation: see both side by side, say which stays, and make them one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import rules
from accounts.domain.organisations import merging
from accounts.errors import MergeObstacleError
from accounts.models import Organisation
from accounts.registered.merge_rules import Question, counts_of, handovers_seen, questions, relations
from accounts.registered.merge_rules import label as label_of
from accounts.registered.page_places import ORGANISATION_HANDOVERS
from accounts.views.merged_redirects import found_or_moved, leads_on
from kr_ru_platform.saving.errors import Refusal, StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.registered.page_parts import PagePart, parts_at
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.revision_forms import revisions_seen
from kr_ru_platform.words.reading.row_keys import as_id

SHOWN = ("name_ko", "name_en", "name_ru", "kind", "country", "city", "registration_number", "external_id")


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
@leads_on
def organisation_merge(request: HttpRequest, pk: int) -> HttpResponse:
    if not rules.can_merge_organisations(request.user):
        raise PermissionDenied
    visible = Organisation.objects.visible_to(request.user)
    one = found_or_moved(visible, pk)
    typed = request.POST if request.method == "POST" else request.GET
    other = _other(visible, one, typed.get("with", ""))
    if other is None:
        choice = _choice(one, visible, typed.get("q", ""))
        return render(request, "accounts/merging/organisation_merge_choose.html", choice)
    errors: list[str] = []
    if request.method == "POST":
        errors = _merge(request, one, other)
        if not errors:
            return redirect("organisation_detail", pk=_stays(request, one, other)[0].pk)
    context = _comparison(one, other) | {"errors": errors}
    if errors:
        context |= _answered(request, one, other)
    return render(request, "accounts/merging/organisation_merge.html", context)


def _other(visible: "QuerySet[Organisation]", one: Organisation, key: str) -> Organisation | None:
    return visible.filter(pk=as_id(key)).exclude(pk=one.pk).first()


def _choice(one: Organisation, visible: "QuerySet[Organisation]", text: str) -> dict[str, Any]:
    """Those that look alike, or what a search finds."""
    text = text.replace("\x00", "")[:200].strip()
    found = list(visible.found_by(text).exclude(pk=one.pk)[:20]) if text else []
    similar = merging.similar_to(one)
    return {"organisation": one, "q": text, "found": found, "similar": similar}


def _stays(request: HttpRequest, one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    return (other, one) if request.POST.get("stays") == str(other.pk) else (one, other)


def _merge(request: HttpRequest, one: Organisation, other: Organisation) -> list[str]:
    """What stands in the way; empty when they are one."""
    if "is_same" not in request.POST or "stays" not in request.POST:
        return [_("Choose which one stays, and tick that both are the same organisation.")]
    if error := _unread_handover(request, one, other):
        return [error]
    stays, goes = _stays(request, one, other)
    try:
        merging.merge_organisations(
            stays=stays,
            goes=goes,
            by=request.user,
            revisions=revisions_seen(request, stays, goes),
            keep_names="keep_names" in request.POST,
            choices={
                question.name: "goes" if request.POST.get(question.name) == str(goes.pk) else "stays"
                for question in questions()
            }
            | {
                "reason": request.POST.get("reason", "").strip()[:1000],
                "handovers": request.POST.get("handovers", ""),
            },
        )
    except StaleRevisionError:
        return [_("One of them was changed meanwhile: compare them again.")]
    except MergeObstacleError as error:
        return [in_words(obstacle) for obstacle in error.obstacles]
    messages.success(request, _("The two are one organisation now. The old address leads here."))
    return []


def _handovers(one: Organisation, other: Organisation) -> tuple[list[PagePart], str]:
    """What changes hands, and how it stands now."""
    parts = [part for part in parts_at(ORGANISATION_HANDOVERS, (one, other)) if part.content["rows"]]
    return parts, handovers_seen(one, other)


def _unread_handover(request: HttpRequest, one: Organisation, other: Organisation) -> str:
    """One person decides: so they have seen who will read what, and say how they know."""
    parts, seen = _handovers(one, other)
    if not parts:
        return ""
    if request.POST.get("handovers") != seen:
        return _("What changes hands is not what this page has shown: compare them again.")
    if "is_handed_over" not in request.POST or not request.POST.get("reason", "").strip():
        return _("Tick that you have checked what changes hands, and write how you know that both are the same.")
    return ""


def _answered(request: HttpRequest, one: Organisation, other: Organisation) -> dict[str, Any]:
    """What was chosen before the error; that both are the same is asked anew each time."""
    stays, goes = _stays(request, one, other)
    return {
        "suggested": stays,
        "questions": [
            (question, goes if request.POST.get(question.name) == str(goes.pk) else stays)
            for question in _asked([counts_of(row) for row in (one, other)])
        ],
        "keeps_names": "keep_names" in request.POST,
        "reason": request.POST.get("reason", ""),
    }


def _asked(counts: list[dict[str, int]]) -> list[Question]:
    return [question for question in questions() if all(count[question.relation] for count in counts)]


def _comparison(one: Organisation, other: Organisation) -> dict[str, Any]:
    one.refresh_from_db()
    other.refresh_from_db()
    counts = [counts_of(row) for row in (one, other)]
    handovers, seen = _handovers(one, other)
    suggested = other if other.is_confirmed and not one.is_confirmed else one
    return {
        "one": one,
        "other": other,
        "suggested": suggested,
        "facts": [
            (Organisation._meta.get_field(name).verbose_name, _shown(one, name), _shown(other, name)) for name in SHOWN
        ],
        "counts": [(_plural(field.model), *(count[label_of(field)] for count in counts)) for field in relations()],
        # With each whose rows are kept, unless somebody says otherwise.
        "questions": [(question, suggested) for question in _asked(counts)],
        "obstacles": [in_words(obstacle) for obstacle in _obstacles(suggested, one, other)],
        "keeps_names": one.is_confirmed and other.is_confirmed,
        "handovers": handovers,
        "handovers_seen": seen,
    }


def _obstacles(stays: Organisation, one: Organisation, other: Organisation) -> list[Refusal]:
    return merging.obstacles_to(stays, one if stays is other else other)


def _label(name: str) -> str:
    return str(Organisation._meta.get_field(name).verbose_name)


def _plural(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)


def _shown(row: Organisation, name: str) -> str:
    show = getattr(row, f"get_{name}_display", None)
    return str(show() if show else getattr(row, name)) or "–"
