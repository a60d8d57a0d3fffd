import pytest

from accounts.enums import NumberKind
from accounts.forms.decisions import ConfirmForm, DecisionForm, NumberForm, WithdrawForm
from accounts.models import OrganisationNumber
from tests.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("has_entry", "ground", "note", "wrong"),
    [
        (True, "registry", "", []),
        (False, "registry", "등록증 7호", ["ground"]),
        (True, "document", "등록증 7호", []),
        (True, "document", " \t", ["note"]),
        (False, "known", "", ["note"]),
        (False, "", "등록증 7호", ["ground"]),
    ],
)
def test_confirm_form_asks_what_is_known_unless_a_register_says_it(has_entry, ground, note, wrong):
    form = ConfirmForm({"ground": ground, "note": note, "expected_revision": 3}, has_entry=has_entry)
    assert list(form.errors) == wrong
    if not wrong:
        assert form.cleaned_data == {"ground": ground, "note": note, "expected_revision": 3}


def test_confirm_form_offers_the_register_only_where_it_knows_a_number():
    offered = [
        [value for value, _label in ConfirmForm(has_entry=has).fields["ground"].choices] for has in (True, False)
    ]
    assert offered == [["document", "registry", "known"], ["document", "known"]]


@pytest.mark.parametrize(("note", "wrong"), [("증빙 불충분", []), (" ", ["note"]), ("가" * 301, ["note"])])
def test_withdraw_form_needs_a_reason_that_a_mail_can_carry(note, wrong):
    assert list(WithdrawForm({"note": note}).errors) == wrong


@pytest.mark.parametrize(
    ("answer", "reason", "wrong"),
    [
        ("yes", "", []),
        ("no", "증빙 불충분", []),
        ("no", " \n", ["reason"]),
        # Neither button was pressed: nothing is approved by accident.
        ("", "", ["reason"]),
        ("maybe", "증빙 불충분", ["answer"]),
    ],
)
def test_decision_form_needs_a_reason_unless_it_is_approved(answer, reason, wrong):
    assert list(DecisionForm({"answer": answer, "reason": reason}).errors) == wrong


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("ru_inn", "７７０７ ０８３８９３", "7707083893"),
        ("kr_business", "124-81-00998", "1248100998"),
        ("ru_inn", "77 07 08 38 94", None),
        # A right number, of another kind.
        ("ru_inn", "1101110062432", None),
        ("kr_business", "-", None),
        ("other", "hrb 12345", "HRB12345"),
    ],
)
def test_number_form_stores_a_number_of_its_kind_however_it_is_typed(kind, typed, stored):
    form = NumberForm({"kind": kind, "value": typed}, instance=OrganisationNumber(organisation=OrganisationFactory()))
    assert list(form.errors) == ([] if stored else ["value"])
    if stored:
        row = form.save()
        assert (row.kind, row.value) == (kind, stored)


def test_number_form_does_not_offer_the_ids_of_the_centres_files():
    form = NumberForm({"kind": NumberKind.EXTERNAL, "value": "row-17"})
    assert list(form.errors) == ["kind"]
