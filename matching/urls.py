"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from matching.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("guide/", home.guide, name="guide"),
]
