"""What fits by texts that are kept back: pages of the centre alone, worked out when somebody asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from matching.domain.runs import kept_back
from matching.embedding import EncoderUnavailableError
from matching.models import CompanyProfile, Demand
from matching.pages.technology_page import page_context, technology_or_404
from matching.views.access import curators_only


@curators_only
def technology_kept_back(request: HttpRequest, pk: int) -> HttpResponse:
    technology = technology_or_404(request, pk)
    context = page_context(request, technology, "matches") | _found(kept_back.needs_for, technology)
    return render(request, "matching/matches/kept_back/technology_kept_back.html", context)


@curators_only
def demand_kept_back(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(Demand.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    back = reverse("demand_detail", args=[demand.pk])
    context = {"need": demand, "back": back, "title": demand.title} | _found(kept_back.technologies_for, demand)
    return render(request, "matching/matches/kept_back/need_kept_back.html", context)


@curators_only
def profile_kept_back(request: HttpRequest, pk: int) -> HttpResponse:
    """By the organisation's number, as the page of the profile itself."""
    profile = get_object_or_404(CompanyProfile.objects.select_related("organisation"), organisation=pk)
    back = reverse("company_profile_for", args=[pk])
    context = {"need": profile, "back": back, "title": profile.organisation.name}
    return render(
        request, "matching/matches/kept_back/need_kept_back.html", context | _found(kept_back.technologies_for, profile)
    )


def _found(search: Any, row: Any) -> dict[str, Any]:
    try:
        return {"fits": search(row)}
    except EncoderUnavailableError:
        return {"fits": [], "is_unavailable": True}
