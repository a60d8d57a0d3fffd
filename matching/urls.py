"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path, re_path

from matching.views import home, match_requests, request_queue

urlpatterns: list[URLPattern | URLResolver] = []

# Home
urlpatterns += [
    path("", home.home, name="home"),
    path("guide/", home.guide, name="guide"),
]

# Technologies (public pages)

# Demands and company profiles

# Matches

# Match requests and introductions
urlpatterns += [
    path("technologies/<int:pk>/request/", match_requests.match_request_create, name="match_request_create"),
    path("requests/", match_requests.match_request_list, name="match_request_list"),
    path("requests/<int:pk>/", match_requests.match_request_detail, name="match_request_detail"),
    path("requests/<int:pk>/take/", request_queue.match_request_take, name="match_request_take"),
    path("requests/<int:pk>/due/", request_queue.match_request_due, name="match_request_due"),
    re_path(
        r"^requests/(?P<pk>[0-9]+)/(?P<action>ask|accept|decline|introduce|withdraw)/$",
        match_requests.match_request_action,
        name="match_request_action",
    ),
    path("requests/files/<int:pk>/", match_requests.request_attachment, name="request_attachment"),
    path("curation/requests/", request_queue.match_request_queue, name="match_request_queue"),
    path("curation/introductions/", request_queue.introduction_list, name="introduction_list"),
    path(
        "curation/introductions/<int:pk>/edit/", request_queue.introduction_edit, name="introduction_edit"
    ),
]

# Curation

# Imports
