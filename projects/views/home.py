"""The way in: what this is, a search box, and what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matching.enums import Field
from projects.domain.overview import first_page


def home(request: HttpRequest) -> HttpResponse:
    context = {
        "hide_header_search": True,
        "fields": Field.choices[:6],
        "counts": first_page.counts(),
        "latest": first_page.latest_technologies(),
        "in_use": first_page.technologies_in_use(),
        "cases": first_page.success_cases(),
    }
    return render(request, "projects/overview/home/home.html", context)
