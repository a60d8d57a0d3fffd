"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from projects.views import workspace

urlpatterns: list[URLPattern | URLResolver] = []

# My work
urlpatterns += [path("workspace/", workspace.workspace, name="workspace")]
