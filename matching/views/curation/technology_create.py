"""A new technology, and a look at what is in the catalogue already while it is being typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.reading.row_keys import as_id
from matching.domain.technologies import curation
from matching.domain.technologies.look_alikes import LookAlike, look_alikes
from matching.forms.curation.technologies import TechnologyCreateForm
from matching.nudge import nudge_matching
from matching.views.access import curators_only


@curators_only
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def technology_create(request: HttpRequest) -> HttpResponse:
    if "look" in request.POST:
        return _look(request)
    form = TechnologyCreateForm(request.POST or None, initial={"owner": request.user, "language": "ru"})
    alike: list[LookAlike] = []
    if request.method == "POST" and form.is_valid():
        alike = _not_yet_seen(request)
        if not alike:
            technology = curation.create_technology(by=request.user, data=form.facts(), texts=form.texts())
            nudge_matching()
            messages.success(request, _("The draft has been saved."))
            return redirect("technology_edit", pk=technology.pk)
    context = {"form": form, **_shown(request, alike), "is_held_up": bool(alike)}
    return render(request, "matching/curation/technology/technology_create.html", context)


def _look(request: HttpRequest) -> HttpResponse:
    """While somebody types: only what looks like it, and nothing is saved."""
    context = _shown(request, _alike(request))
    return render(request, "matching/curation/technology/_look_alikes.html", context)


def _alike(request: HttpRequest) -> list[LookAlike]:
    language = request.POST.get("language", "")
    return look_alikes(
        title=request.POST.get("title", ""),
        summary=request.POST.get("summary", ""),
        language=language if language in Language.values else Language.RUSSIAN,
    )


def _not_yet_seen(request: HttpRequest) -> list[LookAlike]:
    """What holds up the saving: copies, as it seems, that the page has not shown before."""
    alike = _alike(request)
    seen = _seen(request)
    is_new = any(each.is_probably_the_same and each.technology.pk not in seen for each in alike)
    return alike if is_new and "anyway" not in request.POST else []


def _seen(request: HttpRequest) -> set[int]:
    return {pk for pk in map(as_id, request.POST.getlist("seen")) if pk is not None}


def _shown(request: HttpRequest, alike: list[LookAlike]) -> dict[str, Any]:
    """A screen reader is told only when the list has become another."""
    return {"look_alikes": alike, "is_news": {each.technology.pk for each in alike} != _seen(request)}
