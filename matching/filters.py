"""Filters of list pages, as they stand in the address bar."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Group
from accounts.models import User
from matching.enums import MatchRequestState
from matching.models import MatchRequest


class MatchRequestFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=MatchRequestState.choices, empty_label=_("All that wait")
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("In charge"),
        queryset=User.objects.filter(groups__name__in=[Group.CENTRE_STAFF, Group.PROGRAMME_ADMIN]).distinct(),
        null_label=_("not yet assigned"),
        empty_label=_("Everybody"),
    )
    q = django_filters.CharFilter(label=_("Company or technology"), method="filter_words")

    class Meta:
        model = MatchRequest
        fields = ["state", "owner"]

    def filter_words(
        self, queryset: QuerySet[MatchRequest], name: str, value: str
    ) -> QuerySet[MatchRequest]:
        titled = MatchRequest.objects.filter(technology__texts__title__icontains=value).values("pk")
        return queryset.filter(
            Q(organisation__name_ko__icontains=value)
            | Q(organisation__name_en__icontains=value)
            | Q(pk__in=titled)
        )
