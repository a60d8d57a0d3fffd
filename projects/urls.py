"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from projects.views import (
    budgets,
    home,
    my_work,
    network,
    outcomes,
    programmes,
    research_tasks,
    statistics,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("research-tasks/", research_tasks.research_task_list, name="research_task_list"),
    path("research-tasks/new/", research_tasks.research_task_create, name="research_task_create"),
    path("research-tasks/<int:pk>/", research_tasks.research_task_detail, name="research_task_detail"),
    path("research-tasks/<int:pk>/edit/", research_tasks.research_task_edit, name="research_task_edit"),
    path("research-tasks/<int:pk>/history/", research_tasks.research_task_history, name="research_task_history"),
    path(
        "research-tasks/<int:pk>/move/<slug:state>/",
        research_tasks.research_task_move,
        name="research_task_move",
    ),
    path("research-tasks/<int:pk>/budget/", budgets.budget_edit, name="budget_edit"),
    path("research-tasks/<int:pk>/outcomes/new/", outcomes.outcome_create, name="outcome_create"),
    path("outcomes/<int:pk>/edit/", outcomes.outcome_edit, name="outcome_edit"),
    path("outcomes/<int:pk>/verify/", outcomes.outcome_verify, name="outcome_verify"),
    path("outcomes/<int:pk>/dispute/", outcomes.outcome_dispute, name="outcome_dispute"),
    path("outcomes/<int:pk>/file/", outcomes.outcome_file, name="outcome_file"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/new/", programmes.programme_edit, name="programme_create"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme_edit"),
]

# Public pages
urlpatterns += [
    path("", home.home, name="home"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/<slug:fmt>/", statistics.statistics_export, name="statistics_export"),
    path("network/", network.network, name="network"),
]

# My work
urlpatterns += [path("workspace/", my_work.workspace, name="workspace")]
