"""Filters of the lists of research tasks; their state lives in the address."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.words.looking_up import search_words
from matching.enums import Direction, Field
from projects.enums import TaskState, TaskType
from projects.models import Programme, ResearchTask


class ResearchTaskFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Title or number"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="programme__year", choices=lambda: year_choices(), empty_label=_("All")
    )
    task_type = django_filters.ChoiceFilter(label=_("Type"), choices=TaskType.choices, empty_label=_("All"))
    field = django_filters.ChoiceFilter(label=_("Field"), choices=Field.choices, empty_label=_("All"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=TaskState.choices, empty_label=_("All"))
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=Direction.choices, empty_label=_("All"))

    class Meta:
        model = ResearchTask
        fields: list[str] = []

    def search(self, queryset: QuerySet[ResearchTask], name: str, value: str) -> QuerySet[ResearchTask]:
        for word in search_words(value):
            queryset = queryset.filter(
                Q(title_ko__holds=word) | Q(title_ru__holds=word) | Q(title_en__holds=word) | Q(number__holds=word)
            )
        return queryset


def year_choices() -> list[tuple[int, str]]:
    years = Programme.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, str(year)) for year in years]


def chosen_year(params: Any) -> int | None:
    """The year of the statistics' filter; anything that is no known year means all of them."""
    known = {str(year): year for year, _label in year_choices()}
    return known.get(params.get("year", ""))
