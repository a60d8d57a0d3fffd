"""Nobody is given a technology because a name looks right, and none changes hands unasked."""

import pytest

from accounts.models import Organisation
from matching.domain.intake.batches import Intake
from matching.domain.intake.files.header_rows import SourceRow
from matching.domain.intake.import_rows import RowError, parse_row
from matching.models import Technology, TechnologyText
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db
ROW = {"id": "a", "title": "Bath", "summary": "A bath.", "text": "Canary.", "disclosure": "nda", "holder": "ИМЕТ"}


def take(*rows, **options):
    intake = Intake(by=None, **options)
    return intake.take([parse_row(SourceRow(number, values)) for number, values in enumerate(rows, start=2)])


def notes(batch):
    return [(error.row, error.code, error.value) for error in batch.errors]


def holders():
    return dict(Technology.objects.order_by("external_id").values_list("external_id", "holder__name_ru"))


def test_same_new_name_makes_one_organisation_in_and_between_files():
    batch = take(ROW, {**ROW, "id": "b", "title": "Tape", "holder": "имет"})
    assert notes(batch) == [(2, "new_holder", "ИМЕТ")]
    assert notes(take({**ROW, "id": "c", "title": "Wire"})) == []
    assert list(Organisation.objects.values_list("name_ru", flat=True)) == ["ИМЕТ"]
    assert holders() == {"a": "ИМЕТ", "b": "ИМЕТ", "c": "ИМЕТ"}


def test_organisation_that_only_calls_itself_so_is_given_nothing():
    InstituteFactory(name_ru="ИМЕТ", is_new=True)
    assert notes(take(ROW)) == [(2, "unchecked_holder", "ИМЕТ")]
    assert holders() == {"a": None}


def test_number_decides_before_the_name():
    right = InstituteFactory(name_ru="Институт сварки", registration_number="124-81-00998")
    InstituteFactory(name_ru="ИМЕТ")
    batch = take({**ROW, "사업자등록번호": "１２４－８１－００９９８"})
    assert [code for _row, code, _value in notes(batch)] == ["holder_named_otherwise"]
    assert Technology.objects.get().holder == right


def test_alike_name_is_left_to_a_person():
    InstituteFactory(name_ru="ООО Заря", name_en="")
    assert [code for _row, code, _value in notes(take({**ROW, "holder": "АО Заря"}))] == ["undecided_holder"]
    assert holders() == {"a": None}


@pytest.mark.parametrize("dry_run", [True, False])
def test_row_of_another_holder_changes_nothing_unasked(dry_run):
    technology = TechnologyFactory(external_id="a", holder=InstituteFactory(name_ru="Первый", name_ko="", name_en=""))
    before = list(TechnologyText.objects.values())
    InstituteFactory(name_ru="Второй", name_ko="", name_en="")
    batch = take({**ROW, "holder": "Второй"}, {**ROW, "id": "a2", "title": "Tape"}, dry_run=dry_run)
    assert notes(batch) == [(3, "new_holder", "ИМЕТ"), (2, "holder_change", "Первый → Второй")] or notes(batch) == [
        (2, "holder_change", "Первый → Второй"),
        (3, "new_holder", "ИМЕТ"),
    ]
    assert (batch.created, batch.updated, batch.unchanged) == (1, 0, 1)
    technology.refresh_from_db()
    assert technology.holder.name_ru == "Первый"
    assert list(TechnologyText.objects.filter(technology=technology).values()) == before


def test_asked_for_the_change_is_made_and_still_told():
    first = InstituteFactory(name_ru="Первый", name_ko="", name_en="")
    TechnologyFactory(external_id="a", holder=first, state="draft", published_at=None)
    batch = take({**ROW, "holder": "Второй"}, change_holders=True)
    assert [(row, code) for row, code, _value in notes(batch) if code == "holder_change"] == [(2, "holder_change")]
    assert holders() == {"a": "Второй"}


def test_technology_without_holder_gets_one_only_when_asked():
    take({**ROW, "holder": ""})
    InstituteFactory(name_ru="ИМЕТ", name_ko="", name_en="")
    assert notes(take({**ROW, "trl": "5"})) == [(2, "holder_change", "– → ИМЕТ")]
    assert (Technology.objects.get().trl, holders()) == (5, {"a": None})
    take(ROW, change_holders=True)
    assert holders() == {"a": "ИМЕТ"}


def test_name_that_nobody_is_known_by_leaves_the_present_holder_and_its_texts_alone():
    holder = InstituteFactory(name_ru="Первый", name_ko="", name_en="")
    TechnologyFactory(external_id="a", holder=holder, disclosure="nda")
    InstituteFactory(name_ru="ИМЕТ", name_ko="", name_en="", is_new=True)
    assert [code for _row, code, _value in notes(take(ROW))] == ["unchecked_holder", "other_holder"]
    assert not TechnologyText.objects.filter(description__contains="Canary").exists()


def test_error_is_not_hidden_by_a_holder():
    assert take({**ROW, "trl": "x"}).errors == [RowError(2, "trl", "wrong_trl", "x")]
    assert not Organisation.objects.exists()
