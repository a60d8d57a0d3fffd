"""Filters of the curators' list, as they stand in the address bar."""

from datetime import timedelta

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.looking_up import search_words
from matching.enums import Field, TechnologyState
from matching.models import Technology, TechnologyText


class TechnologyManageFilter(django_filters.FilterSet):
    """The curators' list: what is whose, what grows old, what lacks a language."""

    state = django_filters.ChoiceFilter(choices=TechnologyState.choices)
    owner = django_filters.ModelChoiceFilter(
        label=_("In charge"),
        queryset=User.objects.centre_staff(),
        null_label=_("Nobody"),
        empty_label=_("Everybody"),
    )
    field = django_filters.ChoiceFilter(label=_("Field"), choices=Field.choices, empty_label=_("All fields"))
    age = django_filters.ChoiceFilter(
        label=_("Validity"),
        choices=[
            ("expired", _("Expired")),
            ("expiring", _("Expires within 60 days")),
            ("stale", _("Not changed for a year")),
        ],
        empty_label=_("Any"),
        method="filter_age",
    )
    missing = django_filters.ChoiceFilter(
        label=_("Missing text"),
        choices=Language.choices,
        empty_label=pgettext_lazy("missing text", "None in particular"),
        method="filter_missing",
    )
    q = django_filters.CharFilter(label=_("Title, holder or external id"), method="filter_words")

    class Meta:
        model = Technology
        fields = ["state", "owner", "field"]

    def filter_age(self, queryset: QuerySet[Technology], name: str, value: str) -> QuerySet[Technology]:
        today = timezone.localdate()
        if value == "expired":
            return queryset.filter(expires_on__lt=today)
        if value == "expiring":
            return queryset.filter(expires_on__range=(today, today + timedelta(days=60)))
        return queryset.filter(updated_at__lt=timezone.now() - timedelta(days=365))

    def filter_missing(self, queryset: QuerySet[Technology], name: str, value: str) -> QuerySet[Technology]:
        return queryset.exclude(Exists(TechnologyText.objects.filter(technology=OuterRef("pk"), language=value)))

    def filter_words(self, queryset: QuerySet[Technology], name: str, value: str) -> QuerySet[Technology]:
        named = Q(holder__in=Organisation.objects.found_by(value).values("pk"))
        titled = TechnologyText.objects.all()
        for word in search_words(value):
            titled = titled.filter(title__holds=word)
        return queryset.filter(Q(pk__in=titled.values("technology_id")) | Q(external_id__holds=value) | named)
