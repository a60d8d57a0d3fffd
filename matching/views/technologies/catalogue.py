"""The public pages of technologies: search and profile."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import push_url

from kr_ru_platform.web.registered.page_parts import parts_at
from kr_ru_platform.web.requests.throttling import TooManyError, throttle_action
from kr_ru_platform.web.requests.visitors import visitor_address
from kr_ru_platform.words.languages import NATIVE_NAMES
from kr_ru_platform.words.reading.row_keys import as_id
from matching import rules
from matching.domain.finding.answer_cache import BusyError
from matching.domain.finding.holders import readable_by
from matching.domain.finding.search import MOST_HITS
from matching.domain.matches.feedback import decisions_of
from matching.domain.technologies import catalogue
from matching.domain.technologies.similar import similar_technologies
from matching.enums import Audience, ReadinessLevel, TechnologyState, TransferMode
from matching.filters.catalogue import TechnologyFilter
from matching.models import MatchRequest, Technology, TechnologyMerge, TechnologyText
from matching.page_places import TECHNOLOGY_FIGURES, TECHNOLOGY_WORK

PAGE_SIZE = 20


def technology_list(request: HttpRequest) -> HttpResponse:
    filters = TechnologyFilter(request.GET, queryset=Technology.objects.published(), user=request.user)
    try:
        found = _found(request, filters.query)
    except (TooManyError, BusyError) as error:
        return _refused(request, filters, error)
    hits = found.hits if found else None
    filters.narrow(hits)
    page = Paginator(filters.ids(hits), PAGE_SIZE).get_page(request.GET.get("page"))
    results = catalogue.results(list(page), hits=hits, audience=rules.search_audience_for(request.user))
    context = {
        "filters": filters,
        "facets": filters.facets(),
        "chips": filters.chips(),
        "page": page,
        "page_address": QueryDict(filters.address().removeprefix("?")),
        "count": page.paginator.count,
        "limit": MOST_HITS if hits is not None and len(hits) >= MOST_HITS else None,
        "results": [(result, holder_name(result.technology, request.user)) for result in results],
        "hide_header_search": True,
        **_meant(request, filters, found),
    }
    response = render(request, "matching/technologies/list/technology_list.html", context)
    return push_url(response, request.path + filters.address()) if request.htmx else response


def _found(request: HttpRequest, query: str) -> catalogue.SearchHits | None:
    """Visitors are limited by their address: who is logged in is not, as a whole room may share one."""

    def count_visitor() -> None:
        if not request.user.is_authenticated:
            throttle_action("search", address=visitor_address(request))

    audience = rules.search_audience_for(request.user)
    return catalogue.find(query=query, audience=audience, user=request.user, before=count_visitor)


def _refused(request: HttpRequest, filters: TechnologyFilter, error: TooManyError | BusyError) -> HttpResponse:
    """The page, or its part, with a sentence in place of results; the address stays, to be tried again."""
    is_busy = isinstance(error, BusyError)
    context = {"filters": filters, "refused": error, "is_busy": is_busy, "hide_header_search": True}
    status = 503 if is_busy else 429
    response = render(request, "matching/technologies/list/technology_list.html", context, status=status)
    response["Retry-After"] = str(error.seconds)
    return response


def _meant(request: HttpRequest, filters: TechnologyFilter, found: catalogue.SearchHits | None) -> dict[str, Any]:
    """What else the query may have meant, each with its address."""
    if found is None:
        return {}
    named = readable_by(request.user).in_bulk(found.holders) if found.holders else {}
    return {
        "answer": found.answer,
        "layouts": [(query, filters.address(query=query)) for query in found.answer.layouts],
        "spellings": [(query, filters.address(query=query)) for query in found.answer.spellings],
        "named": [(named[pk].name_for(request.user), named[pk]) for pk in found.holders if pk in named],
    }


def technology_detail(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Technology.objects.visible_to(request.user).with_texts().select_related("owner")
    technology = visible.filter(pk=pk).first()
    if technology is None or technology.state == TechnologyState.ARCHIVED:
        # Merged into another one: the old address leads on, for those who may see where to.
        if merge := TechnologyMerge.objects.filter(goes=pk, stays__in=visible).first():
            return redirect("technology_detail", pk=merge.stays_id)
        technology = get_object_or_404(visible, pk=pk)
    audience = rules.audience_for(request.user, technology)
    text = chosen_text(technology, request.GET.get("text", ""))
    match = request.GET.get("match", "")
    is_public = technology.state == TechnologyState.PUBLISHED
    # As for every list: no single non-disclosure agreement counts here.
    listed_for = rules.search_audience_for(request.user)
    context = {
        "technology": technology,
        "text": text,
        "texts": in_order_of_languages(technology),
        "details": details(text, technology, audience),
        "has_hidden_details": audience < technology.details_audience and has_details(technology),
        "holder_name": holder_name(technology, request.user),
        "is_public": is_public,
        "similar": similar_technologies(technology=technology, audience=listed_for) if is_public else [],
        "match": match if as_id(match) is not None else "",
        "readiness": ReadinessLevel(technology.trl).label if technology.trl else "",
        "transfer_modes": [TransferMode(mode).label for mode in technology.transfer_modes],
        **people_context(request, technology),
    }
    return render(request, "matching/technologies/detail/technology_detail.html", context)


def people_context(request: HttpRequest, technology: Technology) -> dict[str, Any]:
    """What depends on who asks: own requests for companies, the lineage for staff and the holder."""
    organisations = getattr(request.user, "organisation_ids", frozenset())
    is_staff = rules.can_curate(request.user)
    # How often others asked for it is told to the holder, so to one that the centre has confirmed.
    reads_figures = is_staff or technology.holder_id in getattr(request.user, "confirmed_organisation_ids", ())
    own = MatchRequest.objects.filter(technology=technology, organisation__in=organisations)
    return {
        "is_staff": is_staff,
        "is_holder": technology.holder_id in organisations,
        "own_request": own.order_by("-created_at").first() if organisations else None,
        "lineage": catalogue.lineage(technology) if reads_figures else None,
        "match_requests": catalogue.latest_match_requests(technology) if is_staff else None,
        "decisions": decisions_of(technology) if is_staff else None,
        "later_figures": parts_at(TECHNOLOGY_FIGURES, technology) if reads_figures else [],
        "later_work": parts_at(TECHNOLOGY_WORK, technology) if is_staff else [],
    }


def chosen_text(technology: Technology, language: str) -> TechnologyText | None:
    by_language = {text.language: text for text in technology.texts.all()}
    return by_language.get(language) or technology.text


def in_order_of_languages(technology: Technology) -> list[TechnologyText]:
    order = [code for code, _name in NATIVE_NAMES]
    return sorted(technology.texts.all(), key=lambda text: order.index(text.language))


def details(text: TechnologyText | None, technology: Technology, audience: Audience) -> list[tuple[Any, str]]:
    """Headings and texts of the full profile; nothing for readers who are not cleared for it."""
    if text is None or audience < technology.details_audience:
        return []
    parts = [
        (_("Description"), text.description),
        (_("Advantages and innovation"), text.advantages),
        (_("What is sought from the partner"), text.sought),
    ]
    return [(heading, content) for heading, content in parts if content]


def has_details(technology: Technology) -> bool:
    return any(getattr(text, name) for text in technology.texts.all() for name in catalogue.DETAIL_FIELDS)


def holder_name(technology: Technology, user: Any) -> tuple[str, str] | None:
    """The holder's name as this reader may see it, with its language."""
    if technology.holder is None:
        return None
    return technology.holder.name_for(user), technology.holder.name_language
