from decimal import Decimal

import pytest

from projects.enums import MONEY_KINDS, OutcomeKind
from projects.forms.outcomes import CheckForm, DisputeForm, OutcomeForm

# The form asks the database whether constraints hold.
pytestmark = pytest.mark.django_db


def errors(**typed):
    form = OutcomeForm(
        {
            "kind": "exports",
            "value": "66만",
            "currency": "USD",
            "country": "",
            "period_start": "2019-07-01",
            "period_end": "2019-12-31",
            "evidence": "보고서",
        }
        | typed
    )
    return {name: len(said) for name, said in form.errors.items()}, form.cleaned_data.get("value")


def test_figure_is_read_as_people_write_it():
    assert errors() == ({}, Decimal(660_000))


@pytest.mark.parametrize("kind", OutcomeKind)
def test_money_has_a_currency_and_what_is_counted_has_none(kind):
    with_currency, without = (errors(kind=kind, currency=currency)[0] for currency in ("USD", ""))
    assert (with_currency, without) == (({}, {"currency": 1}) if kind in MONEY_KINDS else ({"currency": 1}, {}))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"kind": "jobs", "currency": "", "value": "1.5"}, {"value": 1}),
        ({"kind": "jobs", "currency": "", "value": "1.0"}, {}),
        ({"kind": "royalties", "value": "1.5"}, {}),
        ({"kind": "exports", "country": "KR"}, {}),
        ({"kind": "domestic_sales", "country": "KR"}, {"country": 1}),
        ({"period_start": "2019-12-31", "period_end": "2019-12-30"}, {"period_end": 1}),
        ({"period_start": "2019-12-31", "period_end": "2019-12-31"}, {}),
        # Each is told beside its own field, all at once.
        (
            {"kind": "jobs", "value": "1.5", "country": "KR", "period_end": "2019-01-01"},
            {"currency": 1, "value": 1, "country": 1, "period_end": 1},
        ),
        # Without a kind there is no saying what the unit should be.
        ({"kind": "", "currency": "", "country": "KR"}, {"kind": 1}),
    ],
)
def test_what_does_not_go_together_is_told_beside_its_field(typed, found):
    assert errors(**typed)[0] == found


def test_checking_needs_no_note_and_disputing_does():
    sent = {"expected_revision": "1", "note": "  "}
    assert [list(form(sent).errors) for form in (CheckForm, DisputeForm)] == [[], ["note"]]
