from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Organisation
from projects.forms.fields import FigureField, OrganisationField, parse_figure
from tests.factories.organisation import InstituteFactory, OrganisationFactory


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("660,000", Decimal(660_000)),
        ("66만", Decimal(660_000)),
        ("1,234.5", Decimal("1234.5")),
        ("0.05", Decimal("0.05")),
        ("7.8억", Decimal(780_000_000)),
        ("６６만", Decimal(660_000)),
        ("", None),
        (" ", None),
    ],
)
def test_figures_as_people_write_them(typed, figure):
    assert FigureField(required=False).clean(typed) == figure


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("many", "figure"),
        ("1.234", "figure"),
        ("-5", "figure"),
        ("1만 5억", "figure"),
        ("9" * 41, "too_large"),
        (str(10**16), "too_large"),
    ],
)
def test_what_is_no_figure(typed, code):
    with pytest.raises(ValidationError) as refused:
        FigureField().clean(typed)
    assert refused.value.code == code


def test_largest_figure_has_room():
    assert FigureField().clean("9999999999999999") == 10**16 - 1


def test_figures_are_shown_with_as_many_decimals_as_they_have():
    show = FigureField().prepare_value
    assert [show(value) for value in (Decimal("660000.00"), Decimal("1234.5"), 7, "many", None)] == [
        "660,000",
        "1,234.50",
        "7",
        "many",
        None,
    ]


def test_figure_with_decimals_has_no_units():
    with pytest.raises(ValueError):
        parse_figure("1.25원억")


@pytest.mark.django_db
def test_organisation_by_any_of_its_names_or_as_it_was_picked():
    row = OrganisationFactory(name_ko="가나기술", name_ru="Гана", name_en="Gana Tech", short_name="GT")
    OrganisationFactory(name_ko="다라기술")
    field = OrganisationField()
    typed = ["가나기술", "Гана", "gana tech", "GT", f"anything [{row.pk}]"]
    assert [field.clean(text) for text in typed] == [row] * len(typed)
    assert field.clean(field.prepare_value(row)) == row
    assert (field.prepare_value("as typed"), OrganisationField(required=False).clean("")) == ("as typed", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "code"), [("없는 회사", "unknown"), ("a\x00b", "unknown"), ("같은", "ambiguous"), ("같은 [0]", "unknown")]
)
def test_organisation_that_is_none_or_several(typed, code):
    InstituteFactory(name_ko="같은")
    OrganisationFactory(name_ko="같은")
    with pytest.raises(ValidationError) as refused:
        OrganisationField().clean(typed)
    assert (refused.value.code, Organisation.objects.count()) == (code, 2)
