"""The partners' network: agreements and events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.domain.network import agreements_by_focus, events_by_year


def network(request: HttpRequest) -> HttpResponse:
    context = {"agreements": agreements_by_focus(), "years": events_by_year()}
    return render(request, "projects/network/network.html", context)
