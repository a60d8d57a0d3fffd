"""Two records of one technology: compare their texts, say which stays, and make them one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import MergeObstacleError
from kr_ru_platform.saving.errors import StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.revision_forms import revisions_seen
from kr_ru_platform.words.languages import NATIVE_NAMES
from kr_ru_platform.words.reading.row_keys import as_id
from matching.domain.technologies import technology_merging as domain
from matching.models import Technology
from matching.pages.technology_page import technology_or_404
from matching.views.access import curators_only


@curators_only
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def technology_merge(request: HttpRequest, pk: int) -> HttpResponse:
    one = technology_or_404(request, pk)
    typed = request.POST if request.method == "POST" else request.GET
    others = Technology.objects.visible_to(request.user).with_texts().exclude(pk=pk)
    other = others.filter(pk=as_id(typed.get("with"))).first()
    if other is None:
        text = typed.get("q", "").replace("\x00", "").strip()[:200]
        found = (
            others.filter(texts__title__holds=text or one.working_title).distinct()[:20]
            if text or one.working_title
            else []
        )
        context = {"technology": one, "q": text, "found": found}
        return render(request, "matching/curation/merging/technology_merge_choose.html", context)
    errors: list[str] = []
    if request.method == "POST":
        stays, goes = (other, one) if request.POST.get("stays") == str(other.pk) else (one, other)
        errors = _merge(request, stays, goes)
        if not errors:
            return redirect("technology_edit", pk=stays.pk)
    context = _comparison(one, other, request.POST) | {"errors": errors}
    return render(request, "matching/curation/merging/technology_merge.html", context)


def _merge(request: HttpRequest, stays: Technology, goes: Technology) -> list[str]:
    if "is_same" not in request.POST or "stays" not in request.POST:
        return [_("Choose which one stays, and tick that both are the same technology.")]
    taken = {code for code, _name in NATIVE_NAMES if request.POST.get(f"text_{code}") == str(goes.pk)}
    try:
        domain.merge_technologies(
            stays=stays,
            goes=goes,
            by=request.user,
            take_texts=frozenset(taken),
            revisions=revisions_seen(request, stays, goes),
        )
    except StaleRevisionError:
        return [_("One of them was changed meanwhile: compare them again.")]
    except MergeObstacleError as error:
        return [in_words(obstacle) for obstacle in error.obstacles]
    messages.success(request, _("The two are one technology now. The old address leads here."))
    return []


def _comparison(one: Technology, other: Technology, answers: Mapping[str, str]) -> dict[str, Any]:
    """Both side by side, with what was chosen before an error; that both are the same is asked anew each time."""
    texts = [(row, {text.language: text for text in row.texts.all()}) for row in (one, other)]
    return {
        "one": one,
        "other": other,
        "stays": other if answers.get("stays") == str(other.pk) else one,
        "obstacles": [in_words(obstacle) for obstacle in domain.obstacles_to(one, other)],
        "languages": [
            {
                "code": code,
                "name": name,
                "texts": [(row, found.get(code)) for row, found in texts],
                "chosen": _chosen(answers.get(f"text_{code}"), [row for row, found in texts if code in found]),
            }
            for code, name in NATIVE_NAMES
            if any(code in found for _row, found in texts)
        ],
    }


def _chosen(answer: str | None, rows: list[Technology]) -> Technology:
    return next((row for row in rows if str(row.pk) == answer), rows[0])
