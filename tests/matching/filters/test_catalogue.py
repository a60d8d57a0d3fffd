import pytest
from django.http import QueryDict

from accounts.models import Organisation
from matching.enums import Field, IprStatus, TransferMode
from matching.filters.catalogue import TechnologyFilter
from matching.models import Technology
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def filters_of(address: str) -> TechnologyFilter:
    return TechnologyFilter(QueryDict(address), queryset=Technology.objects.published())


def counts_of(filters: TechnologyFilter, name: str) -> dict[str, int]:
    facet = next((facet for facet in filters.facets() if facet.name == name), None)
    return {value.value: value.count for value in facet.values} if facet else {}


@pytest.fixture
def coating() -> Technology:
    return TechnologyFactory(
        field=Field.METALS,
        trl=3,
        transfer_modes=[TransferMode.LICENCE],
        ipr_status=IprStatus.SECRET,
    )


@pytest.fixture
def laser() -> Technology:
    modes = [TransferMode.LICENCE, TransferMode.MANUFACTURING]
    return TechnologyFactory(
        field=Field.ELECTRONICS,
        trl=7,
        transfer_modes=modes,
        country="BY",
        source_language="en",
    )


@pytest.fixture
def idea() -> Technology:
    return TechnologyFactory(field="", trl=None, transfer_modes=[], country="", direction="kr_ru")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", {"coating", "laser", "idea"}),
        ("field=metals", {"coating"}),
        ("field=metals&field=electronics", {"coating", "laser"}),
        ("field=unstated", {"idea"}),
        ("trl=1-3", {"coating"}),
        ("trl=7-9&trl=unstated", {"laser", "idea"}),
        ("mode=manufacturing", {"laser"}),
        ("mode=licence", {"coating", "laser"}),
        ("direction=kr_ru", {"idea"}),
        ("country=BY", {"laser"}),
        ("country=unstated", {"idea"}),
        ("ipr=secret", {"coating"}),
        ("language=en", {"laser"}),
        ("mode=licence&trl=1-3", {"coating"}),
        ("field=metals&mode=manufacturing", set()),
        ("field=nonsense", {"coating", "laser", "idea"}),
        ("field=nonsense&field=metals", {"coating"}),
        ("trl=abc", {"coating", "laser", "idea"}),
    ],
)
def test_technology_filter_keeps_what_was_chosen(address, expected, coating, laser, idea):
    by_key = {coating.pk: "coating", laser.pk: "laser", idea.pk: "idea"}

    assert {by_key[technology.pk] for technology in filters_of(address).qs} == expected


def test_facets_count_under_the_other_filters_but_not_their_own(coating, laser, idea):
    filters = filters_of("field=metals&mode=licence")

    assert counts_of(filters, "field") == {"metals": 1, "electronics": 1}
    assert counts_of(filters, "mode") == {"licence": 1}
    assert counts_of(filters, "trl") == {"1-3": 1}


def test_facets_count_what_is_not_stated(coating, laser, idea):
    filters = filters_of("")

    assert counts_of(filters, "trl") == {"1-3": 1, "7-9": 1, "unstated": 1}
    assert counts_of(filters, "country") == {"RU": 1, "BY": 1, "unstated": 1}
    assert counts_of(filters, "mode") == {"manufacturing": 1, "licence": 2}


def test_facets_keep_a_chosen_value_without_results(coating):
    assert counts_of(filters_of("field=metals&language=en"), "language") == {
        "ru": 1,
        "en": 0,
    }


@pytest.mark.parametrize(("address", "queries"), [("", 1), ("field=metals&mode=licence", 3)])
def test_facets_that_count_the_same_technologies_are_counted_at_once(
    address, queries, coating, laser, django_assert_num_queries
):
    filters = filters_of(address)

    # And one for the holders, one for their names.
    with django_assert_num_queries(queries + 2):
        filters.facets()


def test_chips_take_one_value_off_and_keep_the_rest():
    filters = filters_of("q=%EC%BD%94%ED%8C%85&field=metals&field=it&trl=1-3&page=4")

    assert next((str(chip.label), chip.url) for chip in filters.chips()) == (
        str(Field.METALS.label),
        "?q=%EC%BD%94%ED%8C%85&field=it&trl=1-3",
    )
    assert len(filters.chips()) == 3


def test_value_given_a_hundred_times_counts_once():
    filters = filters_of("&".join(["field=metals&field=it&sort=x&ipr=x"] * 100))

    assert [chip.url for chip in filters.chips()] == ["?field=it", "?field=metals"]
    assert filters.unknown == ["x"]


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("q=&field=&sort=", "?"),
        ("q=+a++b+&sort=relevance&page=2", "?q=a+b"),
        ("sort=title&field=nonsense&utm=1", "?sort=title"),
        ("sort=newest&q=a", "?q=a&sort=newest"),
        ("sort=newest", "?"),
        # A form drawn without a query, or for another one, carries its order over: nobody chose it for this one.
        ("sort=newest&sort_was=newest&sort_for=&q=a", "?q=a"),
        ("sort=title&sort_was=title&sort_for=b&q=a", "?q=a"),
        ("sort=relevance&sort_was=relevance&sort_for=a&q=", "?"),
        # Chosen anew together with the query, or for the same one: kept.
        ("sort=title&sort_was=newest&sort_for=&q=a", "?q=a&sort=title"),
        ("sort=title&sort_was=title&sort_for=+a+&q=a", "?q=a&sort=title"),
        ("sort=title&sort_was=title&sort_for=&field=metals", "?field=metals&sort=title"),
    ],
)
def test_address_holds_only_what_counts(address, short):
    assert filters_of(address).address() == short


def test_unknown_names_the_values_that_do_nothing():
    assert filters_of("trl=abc&field=metals&sort=price&ipr=<b>").unknown == [
        "abc",
        "<b>",
        "price",
    ]


def test_query_is_cleaned_and_cut():
    assert filters_of("q=%00+x%0A").query == "x"
    assert len(filters_of("q=" + "a" * 5000).query) == 200


def test_sort_puts_the_most_ready_first_and_unknown_last(coating, laser, idea):
    assert list(filters_of("sort=trl").ids(None)) == [laser.pk, coating.pk, idea.pk]


def test_sort_by_title_follows_the_readers_language():
    first = TechnologyFactory(text__title="Яхта")
    second = TechnologyFactory(text__title="аккумулятор")
    second.texts.create(language="ko", provenance="human", title="가나다")
    first.texts.create(language="ko", provenance="human", title="하하하")

    assert list(filters_of("sort=title").ids(None)) == [second.pk, first.pk]


def test_holders_are_counted_under_the_other_filters(coating, laser, idea):
    other = coating.holder
    TechnologyFactory(holder=other, field=Field.METALS)
    assert counts_of(filters_of("field=metals"), "holder") == {str(other.pk): 2}
    chosen = filters_of(f"field=electronics&holder={other.pk}&holder={laser.holder_id}")
    assert counts_of(chosen, "holder") == {str(laser.holder_id): 1, str(other.pk): 0}
    assert [technology.pk for technology in chosen.qs] == [laser.pk]
    assert chosen.address() == f"?field=electronics&holder={other.pk}&holder={laser.holder_id}"


def test_a_masked_holder_is_no_choice_for_those_who_may_not_know_it(coating):
    Organisation.objects.filter(pk=coating.holder_id).update(is_name_masked=True)
    stranger = filters_of(f"holder={coating.holder_id}")
    assert (counts_of(stranger, "holder"), stranger.unknown, stranger.chips()) == ({}, [str(coating.holder_id)], [])
    assert stranger.qs.count() == 1

    staff = TechnologyFilter(QueryDict(f"holder={coating.holder_id}"), queryset=stranger.queryset, user=create_staff())
    assert counts_of(staff, "holder") == {str(coating.holder_id): 1}
    own = create_member(organisation=coating.holder)
    of_own = TechnologyFilter(QueryDict(""), queryset=stranger.queryset, user=own)
    assert counts_of(of_own, "holder") == {str(coating.holder_id): 1}


@pytest.mark.parametrize("value", ["abc", "-1", "99999999999999999999", "१", "1;2", ""])
def test_a_holder_that_is_none_does_nothing(coating, value):
    assert filters_of(f"holder={value}").qs.count() == 1
