"""The curators' pages of technologies: list, facts, texts, moves, history."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.revision_forms import is_own_change
from kr_ru_platform.words.languages import Language
from matching.domain.technologies import curation
from matching.domain.technologies.curation_lists import history_of, state_counts
from matching.domain.technologies.teasers import TeaserRepeatsError
from matching.enums import Provenance, TechnologyState
from matching.filters.curation import TechnologyManageFilter
from matching.forms.curation.technologies import MoveForm, TechnologyForm, TechnologyTextForm
from matching.models import Technology, TechnologyText
from matching.nudge import nudge_matching
from matching.pages.technology_page import (
    Meter,
    conflict,
    move_words,
    page_context,
    stale_words,
    technology_or_404,
    texts_with_waiting,
    waits_words,
    with_waiting,
)
from matching.views.access import curators_only
from matching.views.merged_redirects import leads_on

PAGE_SIZE = 20
SORTS = {
    "changed": (F("updated_at").desc(), "-id"),
    "oldest": (F("updated_at").asc(), "id"),
    "expiry": (F("expires_on").asc(nulls_last=True), "id"),
    "new": ("-id",),
}


@curators_only
def technology_manage_list(request: HttpRequest) -> HttpResponse:
    rows = Technology.objects.visible_to(request.user)
    everything = TechnologyManageFilter(_without(request, "state"), queryset=rows, request=request)
    filtered = TechnologyManageFilter(request.GET, queryset=rows, request=request)
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "changed"
    ordered = filtered.qs.with_texts().select_related("owner").order_by(*SORTS[sort])
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    for technology in page:
        technology.meter = Meter(technology)
    context = {
        "filter": filtered,
        "page": page,
        "tabs": _state_tabs(request, state_counts(everything.qs)),
        "sort": sort,
        "sorts": _sort_labels(),
        "languages": Language.values,
    }
    return render(request, "matching/curation/technology_manage_list.html", context)


def _without(request: HttpRequest, name: str) -> Any:
    query = request.GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return query


def _state_tabs(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    query = _without(request, "state")
    chosen = request.GET.get("state", "")
    tabs = [("", pgettext("states", "All"), sum(counts.values()))]
    tabs += [(state.value, state.label, counts[state]) for state in TechnologyState]
    return [
        {
            "label": label,
            "url": f"{request.path}?{_with(query, 'state', value)}",
            "active": chosen == value,
            "count": f"{count:,}",
        }
        for value, label, count in tabs
    ]


def _with(query: Any, name: str, value: str) -> str:
    changed = query.copy()
    if value:
        changed[name] = value
    return changed.urlencode()


def _sort_labels() -> list[tuple[str, str]]:
    return [
        ("changed", _("Last changed first")),
        ("oldest", _("Longest unchanged first")),
        ("expiry", _("Expiring first")),
        ("new", _("Newest first")),
    ]


@curators_only
@require_http_methods(["GET", "POST"])
@asked_again_if_late
@leads_on
def technology_edit(request: HttpRequest, pk: int) -> HttpResponse:
    technology = with_waiting(technology_or_404(request, pk))
    form = TechnologyForm(request.POST or None, instance=with_waiting(technology_or_404(request, pk)))
    context = page_context(request, technology, "facts") | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            curation.update_technology(
                technology=technology,
                by=request.user,
                data=form.facts(),
                expected_revision=form.cleaned_data["revision"],
            )
        except StaleRevisionError:
            return conflict(request, "technology_edit", context, technology)
        except TeaserRepeatsError as error:
            form.add_error("disclosure", in_words(error.refusal))
        else:
            nudge_matching()
            messages.success(request, _("The facts have been saved.") + waits_words(technology))
            return redirect("technology_edit", pk=pk)
    return render(request, "matching/curation/technology/technology_edit.html", context)


@curators_only
@require_http_methods(["GET", "POST"])
@leads_on
def technology_text_edit(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    technology = technology_or_404(request, pk)
    stored = texts_with_waiting(technology)
    text = stored.get(language) or TechnologyText(
        technology=technology, language=language, provenance=_first_provenance(stored)
    )
    form = _text_form(request, technology, text)
    context = page_context(request, technology, language) | {
        "form": form,
        "language": Language(language),
        "beside": _text_beside(technology, stored, language),
    }
    if request.method == "POST" and form.is_valid():
        try:
            return _save_text(request, technology, language, form)
        except StaleRevisionError:
            return conflict(request, "technology_text_edit", context, stored.get(language))
        except curation.SecondSourceError as error:
            form.add_error("provenance", in_words(error.refusal))
        except TeaserRepeatsError as error:
            form.add_error(error.part, in_words(error.refusal))
    return render(request, "matching/curation/technology/technology_text_edit.html", context)


def _text_form(request: HttpRequest, technology: Technology, text: TechnologyText) -> TechnologyTextForm:
    # A copy: a bound form writes what was typed into its instance.
    copy = TechnologyText(**{f.attname: getattr(text, f.attname) for f in TechnologyText._meta.fields})
    copy._state.adding = text._state.adding
    return TechnologyTextForm(
        request.POST or None,
        instance=copy,
        language=text.language,
        initial={"revision": technology.revision},
    )


def _save_text(request: HttpRequest, technology: Technology, language: str, form: TechnologyTextForm) -> HttpResponse:
    data = dict(form.cleaned_data)
    expected = data.pop("revision")
    curation.save_text(technology=technology, language=language, by=request.user, data=data, expected_revision=expected)
    nudge_matching()
    messages.success(request, _("The text has been saved.") + waits_words(technology))
    return redirect("technology_text_edit", pk=technology.pk, language=language)


def _first_provenance(stored: dict[str, TechnologyText]) -> str:
    has_source = any(text.provenance == Provenance.SOURCE for text in stored.values())
    return Provenance.HUMAN if has_source else Provenance.SOURCE


def _text_beside(technology: Technology, stored: dict[str, TechnologyText], language: str) -> TechnologyText | None:
    """What the curator translates from: the source, or for the source itself nothing."""
    others = [text for code, text in stored.items() if code != language]
    source = stored.get(technology.source_language)
    return source if source in others else None


@curators_only
@require_http_methods(["GET", "POST"])
def technology_move(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    if state not in TechnologyState.values:
        raise Http404
    technology, to = technology_or_404(request, pk), TechnologyState(state)
    alone = curation.must_say_why(technology=technology, to=to, by=request.user)
    form = MoveForm(request.POST or None, initial={"revision": technology.revision}, is_alone=alone)
    refusal = curation.refusal_of(technology=technology, to=to, by=request.user)
    reason = "" if alone else in_words(refusal)
    if request.method == "POST" and not reason and form.is_valid():
        try:
            curation.move_technology(
                technology=technology,
                to=to,
                by=request.user,
                expected_revision=form.cleaned_data["revision"],
                reason=form.cleaned_data.get("reason", ""),
            )
        except MoveNotAllowedError as error:
            reason = in_words(error.refusal)
        except StaleRevisionError:
            reason = stale_words(is_own=is_own_change(technology_or_404(request, pk), request))
        else:
            nudge_matching()
            messages.success(request, _("The state is now: %(state)s.") % {"state": to.label})
            return redirect("technology_edit", pk=pk)
    if reason:
        messages.error(request, reason)
        return redirect("technology_edit", pk=pk)
    context = page_context(request, technology, "") | {"to": to, "move": move_words(technology)[to], "form": form}
    return render(request, "matching/curation/technology/technology_move.html", context)


@curators_only
def technology_history(request: HttpRequest, pk: int) -> HttpResponse:
    technology = technology_or_404(request, pk)
    publications = technology.publications.select_related("approved_by")
    context = page_context(request, technology, "history") | {
        "entries": history_of(technology),
        "publications": publications,
    }
    return render(request, "matching/curation/technology/technology_history.html", context)
