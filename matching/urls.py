"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path, re_path

from matching.views import operations
from matching.views.curation import changes, technologies, technology_create, technology_merge
from matching.views.intake import import_columns, imports
from matching.views.matches import feedback, kept_back, match_detail, technology_matches
from matching.views.needs import demands, preferences, profiles, sentences
from matching.views.requests import match_requests, request_queue
from matching.views.scoring import scorers, scoring_runs
from matching.views.technologies import catalogue, guide

urlpatterns: list[URLPattern | URLResolver] = []

# How to apply
urlpatterns += [
    path("guide/", guide.guide, name="guide"),
]

# Technologies (public pages)
urlpatterns += [
    path("technologies/", catalogue.technology_list, name="technology_list"),
    path("technologies/<int:pk>/", catalogue.technology_detail, name="technology_detail"),
]

# Demands and company profiles
urlpatterns += [
    path("demands/", demands.demand_list, name="demand_list"),
    path("demands/new/", demands.demand_create, name="demand_create"),
    path("demands/autosave/", demands.demand_autosave, name="demand_autosave"),
    path("demands/amount/", demands.amount_reading, name="amount_reading"),
    path("demands/<int:pk>/", demands.demand_detail, name="demand_detail"),
    path("demands/<int:pk>/edit/", demands.demand_edit, name="demand_edit"),
    path("demands/<int:pk>/autosave/", demands.demand_autosave, name="demand_autosave"),
    path("demands/<int:pk>/history/", demands.demand_history, name="demand_history"),
    path("demands/<int:pk>/delete/", demands.demand_delete, name="demand_delete"),
    path("demands/<int:pk>/open/", demands.demand_open, name="demand_open"),
    path("demands/<int:pk>/close/", demands.demand_close, name="demand_close"),
    path("demands/<int:pk>/sentences/", sentences.demand_sentences, name="demand_sentences"),
    path("demands/<int:pk>/preferences/", preferences.demand_preferences, name="demand_preferences"),
    path("company/", profiles.company_profile, name="company_profile"),
    path("companies/<int:pk>/profile/", profiles.company_profile_for, name="company_profile_for"),
]

# Matches
urlpatterns += [
    path("matches/<int:pk>/", match_detail.match_detail, name="match_detail"),
    path("matches/<int:pk>/not-relevant/", feedback.match_not_relevant, name="match_not_relevant"),
    path("feedback/<int:pk>/put-back/", feedback.feedback_put_back, name="feedback_put_back"),
    path("curation/technologies/<int:pk>/matches/", technology_matches.technology_matches, name="technology_matches"),
    path("curation/technologies/<int:pk>/full-text/", kept_back.technology_kept_back, name="technology_kept_back"),
    path("curation/demands/<int:pk>/full-text/", kept_back.demand_kept_back, name="demand_kept_back"),
    path("curation/companies/<int:pk>/full-text/", kept_back.profile_kept_back, name="profile_kept_back"),
]

# Match requests and introductions
urlpatterns += [
    path("technologies/<int:pk>/request/", match_requests.match_request_create, name="match_request_create"),
    path("requests/", match_requests.match_request_list, name="match_request_list"),
    path("requests/<int:pk>/", match_requests.match_request_detail, name="match_request_detail"),
    path("requests/<int:pk>/take/", request_queue.match_request_take, name="match_request_take"),
    path("requests/<int:pk>/due/", request_queue.match_request_due, name="match_request_due"),
    re_path(
        r"^requests/(?P<pk>[0-9]{1,18})/(?P<action>ask|accept|decline|introduce|withdraw)/$",
        match_requests.match_request_action,
        name="match_request_action",
    ),
    path("requests/files/<int:pk>/", match_requests.request_attachment, name="request_attachment"),
    path("curation/requests/", request_queue.match_request_queue, name="match_request_queue"),
    path("curation/introductions/", request_queue.introduction_list, name="introduction_list"),
    path("curation/introductions/<int:pk>/edit/", request_queue.introduction_edit, name="introduction_edit"),
]

# Curation
urlpatterns += [
    path("curation/technologies/", technologies.technology_manage_list, name="technology_manage_list"),
    path("curation/technologies/new/", technology_create.technology_create, name="technology_create"),
    path("curation/technologies/<int:pk>/edit/", technologies.technology_edit, name="technology_edit"),
    path(
        "curation/technologies/<int:pk>/texts/<str:language>/",
        technologies.technology_text_edit,
        name="technology_text_edit",
    ),
    path("curation/technologies/<int:pk>/move/<str:state>/", technologies.technology_move, name="technology_move"),
    path("curation/technologies/<int:pk>/merge/", technology_merge.technology_merge, name="technology_merge"),
    path("curation/technologies/<int:pk>/history/", technologies.technology_history, name="technology_history"),
]

# Changes of what is published
urlpatterns += [
    path("curation/changes/", changes.change_list, name="change_list"),
    path("curation/changes/<int:pk>/", changes.change_detail, name="change_detail"),
    path("curation/imports/<int:pk>/changes/approve/", changes.change_approve_import, name="change_approve_import"),
]

# Scoring
urlpatterns += [
    path("curation/scoring/", scoring_runs.scoring_run_list, name="scoring_run_list"),
    path("curation/scoring/start/", scoring_runs.scoring_run_start, name="scoring_run_start"),
]

# Imports
urlpatterns += [
    path("curation/imports/", imports.technology_import, name="technology_import"),
    path(
        "curation/imports/template.csv",
        imports.technology_import_template,
        name="technology_import_template",
    ),
    path("curation/imports/<int:pk>/", imports.technology_import_detail, name="technology_import_detail"),
    path(
        "curation/imports/<int:pk>/errors.csv",
        imports.technology_import_errors,
        name="technology_import_errors",
    ),
    path(
        "curation/imports/<int:pk>/columns/",
        import_columns.technology_import_columns,
        name="technology_import_columns",
    ),
]

# Versions of the scorer
urlpatterns += [
    path("curation/scorers/", scorers.scorer_list, name="scorer_list"),
    path("curation/scorers/<str:name>/", scorers.scorer_detail, name="scorer_detail"),
    path("curation/scorers/<str:name>/use/", scorers.scorer_switch, name="scorer_switch"),
]

# For operators
urlpatterns += [
    path("curation/operations/", operations.operations, name="operations"),
    path("curation/operations/mail/", operations.mail_try_again, name="mail_try_again"),
    path("metrics", operations.metrics_page, name="metrics"),
]
