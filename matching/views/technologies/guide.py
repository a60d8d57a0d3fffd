"""The page that says how to apply."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "matching/guide/guide.html")
