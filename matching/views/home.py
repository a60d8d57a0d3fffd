"""The way in: the first page and the page that says how to apply."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matching.enums import Field
from matching.models import Introduction, Technology

LATEST = 6
IN_USE = 3
TRL_IN_USE = 9


def home(request: HttpRequest) -> HttpResponse:
    published = Technology.objects.published()
    context = {
        "hide_header_search": True,
        "latest": published.with_texts().order_by("-published_at", "-id")[:LATEST],
        "in_use": published.with_texts().filter(trl=TRL_IN_USE).order_by("published_at", "id")[:IN_USE],
        "technology_count": published.count(),
        "introduction_count": Introduction.objects.count(),
        "fields": Field.choices[:6],
    }
    return render(request, "matching/home.html", context)


def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "matching/guide.html")
