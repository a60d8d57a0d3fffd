"""Filters of list pages, as they stand in the address bar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.enums import Country
from accounts.models import Organisation, User
from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.looking_up import search_words
from kr_ru_platform.words.reading.row_keys import as_id
from matching.domain.finding.holders import MOST_LISTED, holders_of, readable_by
from matching.domain.finding.search import SearchHit
from matching.domain.technologies import catalogue
from matching.domain.technologies.facet_counts import counts_of_each
from matching.enums import Direction, Field, IprStatus, MatchRequestState, TransferMode
from matching.models import MatchRequest, Technology, TechnologyText

ANYBODY = AnonymousUser()
UNSTATED = "unstated"
NOT_STATED = (UNSTATED, _("Not stated"))
TRL_BANDS = {
    "1-3": ((1, 3), _("TRL 1–3: idea to laboratory proof")),
    "4-6": ((4, 6), _("TRL 4–6: laboratory to prototype")),
    "7-9": ((7, 9), _("TRL 7–9: tested in use to on the market")),
}
TRL_BAND = Case(
    *[When(trl__range=limits, then=Value(name)) for name, (limits, _label) in TRL_BANDS.items()],
    default=Value(UNSTATED),
    output_field=CharField(),
)
RELEVANCE, NEWEST = "relevance", "newest"
ORDERS = [
    (RELEVANCE, _("Best match first")),
    (NEWEST, _("Newest first")),
    ("trl", _("Most ready first (TRL)")),
    ("title", _("Title")),
]
QUERY_CHARACTERS = 200


class KnownChoicesField(forms.MultipleChoiceField):
    """Drops values that do not exist, so that an old or mistyped link still shows something; each counts once."""

    def to_python(self, value: Any) -> list[str]:
        return [entry for entry in dict.fromkeys(super().to_python(value)) if self.valid_value(entry)]


class FacetFilter(django_filters.Filter):
    field_class = KnownChoicesField

    def filter(self, qs: QuerySet[Technology], value: list[str]) -> QuerySet[Technology]:
        return super().filter(qs, ["" if entry == UNSTATED else entry for entry in value])


class TrlFilter(FacetFilter):
    def filter(self, qs: QuerySet[Technology], value: list[str]) -> QuerySet[Technology]:
        condition = Q()
        for name in value:
            band = TRL_BANDS.get(name)
            condition |= Q(trl__range=band[0]) if band else Q(trl__isnull=True)
        return qs.filter(condition)


class HolderFilter(FacetFilter):
    """Choices are the holders whose name this reader may see; a value that is none of them does nothing."""

    def of(self, values: Sequence[str], user: Any) -> None:
        asked = [pk for pk in map(as_id, values) if pk is not None]
        found = readable_by(user).in_bulk(asked[:MOST_LISTED]) if asked else {}
        self.extra["choices"] = [(str(pk), holder.name_for(user)) for pk, holder in found.items()]


class QueryField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").replace("\x00", " ").split())[:QUERY_CHARACTERS]


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: Any
    count: int
    is_chosen: bool
    # Of a name that is stored text.
    language: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: Any
    values: list[FacetValue]


@dataclass(frozen=True)
class Chip:
    """A chosen filter and the address of the page without it."""

    facet: Any
    label: Any
    url: str


class TechnologyFilter(django_filters.FilterSet):
    field = FacetFilter(lookup_expr="in", label=_("Field"), choices=[*Field.choices, NOT_STATED])
    trl = TrlFilter(
        label=_("Readiness"),
        choices=[(n, label) for n, (_l, label) in TRL_BANDS.items()] + [NOT_STATED],
    )
    mode = FacetFilter(
        field_name="transfer_modes",
        lookup_expr="overlap",
        label=_("Transfer mode"),
        choices=TransferMode.choices,
    )
    direction = FacetFilter(lookup_expr="in", label=_("Direction"), choices=Direction.choices)
    country = FacetFilter(
        lookup_expr="in",
        label=_("Country of origin"),
        choices=[*Country.choices, NOT_STATED],
    )
    ipr = FacetFilter(
        field_name="ipr_status",
        lookup_expr="in",
        label=_("Intellectual property"),
        choices=IprStatus.choices,
    )
    language = FacetFilter(
        field_name="source_language",
        lookup_expr="in",
        label=_("Language of the source"),
        choices=Language.choices,
    )
    holder = HolderFilter(lookup_expr="in", label=_("Holder"), choices=[])

    GROUPS: ClassVar[dict[str, BaseExpression]] = {"trl": TRL_BAND}

    class Meta:
        model = Technology
        fields: ClassVar[list[str]] = []

    def __init__(self, data: MultiValueDict[str, str], *, queryset: QuerySet[Technology], user: Any = ANYBODY) -> None:
        super().__init__(data, queryset)
        self.user = user
        self.filters["holder"].of(data.getlist("holder"), user)
        self.query: str = QueryField(required=False).clean(data.get("q"))
        self.sort = self._chosen_order()

    def _chosen_order(self) -> str:
        """What was chosen for this query; an order that a form only carries over from another one is nobody's choice.

        With its order a form sends what had been chosen when it was drawn, and the query of that moment.
        """
        known = [value for value, _label in self.orders]
        sort = self.data.get("sort", "")
        drawn_for = self.data.get("sort_for")
        is_carried_over = (
            drawn_for is not None
            and QueryField(required=False).clean(drawn_for) != self.query
            and sort == self.data.get("sort_was")
        )
        return sort if sort in known and not is_carried_over else known[0]

    @property
    def orders(self) -> list[tuple[str, Any]]:
        return ORDERS if self.query else ORDERS[1:]

    @property
    def chosen(self) -> dict[str, list[str]]:
        self.is_valid()
        return {name: self.form.cleaned_data.get(name) or [] for name in self.filters}

    @property
    def unknown(self) -> list[str]:
        """Values of the address that no filter knows, to tell the reader that they do nothing."""
        chosen = self.chosen
        values = [
            value for name in self.filters for value in self.data.getlist(name) if value and value not in chosen[name]
        ]
        sort = self.data.get("sort", "")
        return list(dict.fromkeys(values + ([sort] if sort and sort not in dict(ORDERS) else [])))

    def narrow(self, hits: Mapping[int, SearchHit] | None) -> None:
        """Only what the query has found takes part, in the list and in the counts."""
        if hits is not None:
            self.queryset = self.queryset.filter(pk__in=list(hits))

    def ids(self, hits: Mapping[int, SearchHit] | None) -> Sequence[int] | QuerySet[Any]:
        """Keys of the technologies that pass every filter, in the chosen order."""
        if hits is not None and self.sort == RELEVANCE:
            passing = set(self.qs.values_list("pk", flat=True))
            return [pk for pk in hits if pk in passing]
        return catalogue.in_order(self.qs, self.sort).values_list("pk", flat=True)

    def facets(self) -> list[Facet]:
        chosen = self.chosen
        facts = {
            name: self.GROUPS.get(name) or F(of.field_name) for name, of in self.filters.items() if name != "holder"
        }
        # What nothing was chosen of is counted over the same technologies: at once.
        counts = counts_of_each(self._others(), {name: fact for name, fact in facts.items() if not chosen[name]})
        for name in filter(chosen.get, facts):
            counts |= counts_of_each(self._others(name), {name: facts[name]})
        return [facet for name in self.filters if (facet := self._facet(name, counts.get(name, {}))).values]

    def _others(self, name: str = "") -> QuerySet[Technology]:
        """What passes all filters but this one."""
        passing = self.queryset
        for other, values in self.chosen.items():
            if other != name and values:
                passing = self.filters[other].filter(passing, values)
        return passing

    def _facet(self, name: str, counts: Mapping[str, int]) -> Facet:
        chosen, facet_filter = self.chosen[name], self.filters[name]
        if isinstance(facet_filter, HolderFilter):
            return Facet(name, facet_filter.label, self._holders(self._others(name), chosen))
        stored = {UNSTATED: UNSTATED if name == "trl" else ""}
        values = [
            FacetValue(value, label, counts.get(stored.get(value, value), 0), value in chosen)
            for value, label in facet_filter.extra["choices"]
        ]
        return Facet(name, facet_filter.label, [v for v in values if v.count or v.is_chosen])

    def _holders(self, technologies: QuerySet[Technology], chosen: Sequence[str]) -> list[FacetValue]:
        counts = holders_of(technologies, user=self.user, chosen=map(int, chosen))
        return [
            FacetValue(str(of.pk), of.name_for(self.user), count, str(of.pk) in chosen, of.name_language)
            for of, count in counts
        ]

    def chips(self) -> list[Chip]:
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        for name, values in self.chosen.items():
            facet_filter = self.filters[name]
            labels = dict(facet_filter.extra["choices"])
            for value in values:
                yield Chip(
                    facet_filter.label,
                    labels[value],
                    self.address(without=(name, value)),
                )

    def address(self, *, without: tuple[str, str] | None = None, query: str | None = None) -> str:
        """The shortest address of this list, or of one for another query: known values only, first page."""
        query = self.query if query is None else query
        pairs = [("q", query)] if query else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values if (name, value) != without]
        if self.sort != self.orders[0][0] and query == self.query:
            pairs.append(("sort", self.sort))
        return f"?{urlencode(pairs)}"


class MatchRequestFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=MatchRequestState.choices,
        empty_label=_("All that wait"),
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("In charge"),
        queryset=User.objects.centre_staff(),
        null_label=_("not yet assigned"),
        empty_label=_("Everybody"),
    )
    q = django_filters.CharFilter(label=_("Company or technology"), method="filter_words")

    class Meta:
        model = MatchRequest
        fields: ClassVar[list[str]] = ["state", "owner"]

    def filter_words(self, queryset: QuerySet[MatchRequest], name: str, value: str) -> QuerySet[MatchRequest]:
        named = Organisation.objects.found_by(value).values("pk")
        titled = TechnologyText.objects.all()
        for word in search_words(value):
            titled = titled.filter(title__holds=word)
        technologies = titled.values("technology_id")
        return queryset.filter(Q(organisation__in=named) | Q(technology__in=technologies))
