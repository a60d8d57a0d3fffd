"""Nobody is given a technology because a name looks right, and none changes hands unasked."""

import pytest

from accounts.models import Organisation, OrganisationNumber
from matching.domain.intake.batches import Intake
from matching.domain.intake.files.header_rows import SourceRow
from matching.domain.intake.import_rows import RowError, parse_row
from matching.models import Technology, TechnologyText
from tests.factories.organisation import InstituteFactory, OrganisationFactory
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


INN, OTHER_INN = "7707083893", "7728168971"


def codes(batch):
    return [(error.row, error.code) for error in batch.errors]


def row(key, inn="", **values):
    return {**ROW, "id": key, "title": f"Bath {key}", "ИНН": inn, "country": "RU", **values}


def numbers():
    return list(OrganisationNumber.objects.order_by("value").values_list("organisation__name_ru", "kind", "value"))


@pytest.mark.parametrize("country", ["RU", ""])
def test_stranger_that_bears_the_name_of_an_institute_is_given_none_of_its_texts(country):
    """Confirmed by its own document, but of another country, or not known by the number of the row."""
    OrganisationFactory(name_ru="ИМЕТ", registration_number="124-81-00998")
    assert codes(take(row("a", INN, country=country), dry_run=True)) == [(2, "undecided_holder")]
    assert codes(take(row("a", INN, country=country))) == [(2, "undecided_holder")]
    assert codes(take(row("b", country="RU"))) == [(2, "undecided_holder")]
    assert holders() == {"a": None, "b": None}


@pytest.mark.parametrize("dry_run", [True, False])
def test_two_institutes_of_one_name_are_told_apart_by_their_numbers_in_one_file(dry_run):
    rows = row("a", INN), row("b", OTHER_INN), row("c", INN)
    assert codes(take(*rows, dry_run=dry_run)) == [(2, "new_holder"), (3, "undecided_holder")]
    assert holders() == ({} if dry_run else {"a": "ИМЕТ", "b": None, "c": "ИМЕТ"})


def test_two_institutes_of_one_name_are_told_apart_by_their_numbers_in_two_files():
    assert codes(take(row("a", INN))) == [(2, "new_holder")]
    assert codes(take(row("b", OTHER_INN))) == [(2, "undecided_holder")]
    assert codes(take(row("c", OTHER_INN), row("d", INN))) == [(2, "undecided_holder")]
    assert holders() == {"a": "ИМЕТ", "b": None, "c": None, "d": "ИМЕТ"}
    assert numbers() == [("ИМЕТ", "ru_inn", INN)]


@pytest.mark.parametrize("is_one_file", [True, False])
def test_institute_that_was_renamed_is_found_by_its_number(is_one_file):
    rows = row("a", INN), row("b", INN, holder="Институт сплавов")
    for batch in [rows] if is_one_file else [rows[:1], rows[1:]]:
        take(*batch)
    assert holders() == {"a": "ИМЕТ", "b": "ИМЕТ"}
    assert Organisation.objects.count() == 1


def test_number_that_stands_in_a_later_row_only_is_that_of_the_holder_which_the_file_brought():
    batch = take(row("a"), row("b", INN), row("c", OTHER_INN))
    assert codes(batch) == [(2, "new_holder"), (4, "undecided_holder")]
    assert (holders(), numbers()) == ({"a": "ИМЕТ", "b": "ИМЕТ", "c": None}, [("ИМЕТ", "ru_inn", INN)])


@pytest.mark.parametrize("heading", ["ИНН", "tax_id"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_number_that_is_right_in_two_countries_hands_nothing_to_a_company_of_the_other_one(heading, dry_run):
    """No country in the file: a heading that names a register says which is meant; otherwise a person decides."""
    OrganisationFactory(name_ko="㈜한결", registration_number="770-70-83893")
    values = {**ROW, "holder": "Сибирский институт", heading: INN}
    expected = "new_holder" if heading == "ИНН" else "undecided_holder"
    assert codes(take(values, dry_run=dry_run)) == [(2, expected)]
    made = {} if dry_run else {"a": "Сибирский институт" if heading == "ИНН" else None}
    assert (holders(), numbers()) == (made, [("Сибирский институт", "ru_inn", INN)] if made.get("a") else [])


def test_holder_found_by_a_number_under_a_name_that_is_not_its_own_is_remarked():
    known = InstituteFactory(name_ru="Институт сварки")
    known.numbers.create(kind="ru_inn", value=INN)
    said = f"ИМЕТ → {known}"
    assert notes(take(row("a", INN))) == [(2, "holder_known_by_number", said)]
    assert codes(take(row("b", INN, holder="ООО Институт сварки"))) == []


@pytest.mark.parametrize("value", ["0000", "1234", "-000-00-00000"])
def test_filled_cell_that_is_no_number_identifies_nobody(value):
    take(row("a", value), row("b", value, holder="Другой институт"))
    assert (holders(), numbers()) == ({"a": "ИМЕТ", "b": "Другой институт"}, [])


@pytest.mark.parametrize(
    "value",
    [f"{INN}.0", f"ИНН {INN}", f"{INN}/770701001", f"ИНН: {INN}; ОГРН 1027700132195", "77 0708-3893", f"№ {INN}"],
)
def test_number_is_read_however_an_office_writes_it(value):
    known = InstituteFactory(name_ru="Институт сварки")
    known.numbers.create(kind="ru_inn", value=INN)
    assert codes(take(row("a", value, holder="Институт сварки"))) == []
    assert holders() == {"a": "Институт сварки"}


def test_technology_keeps_the_holder_that_the_file_names_without_its_number_known():
    TechnologyFactory(external_id="a", holder=InstituteFactory(name_ru="ИМЕТ"), state="draft")
    assert codes(take(row("a", INN))) == [(2, "undecided_holder")]
    assert holders() == {"a": "ИМЕТ"}


@pytest.mark.parametrize(
    "name",
    ["evil.com ООО", "Пишите в t.me/abc", "한국.컴 evil｡com", "당첨 안내 010-1234-5678", "Звоните 8-800-555-35-35"],
)
def test_name_that_leads_elsewhere_becomes_no_organisation(name):
    batch = take({**ROW, "holder": name})
    assert [(error.row, error.column, error.code) for error in batch.errors] == [(2, "holder", "name_leads_elsewhere")]
    assert not Organisation.objects.exists() and not Technology.objects.exists()


@pytest.mark.parametrize(
    ("holder", "facts", "kind", "is_masked"),
    [
        ("동해중공업", {"country": "KR"}, "institute", True),
        ("동해중공업", {}, "institute", True),
        ("Donghae Heavy Industries", {"country": "KR"}, "institute", True),
        ("Donghae Heavy Industries", {"country": "RU", "사업자등록번호": "124-81-00998"}, "institute", True),
        ("㈜동해중공업", {"country": "KR"}, "company", True),
        ("동해대학교", {"country": "KR"}, "university", False),
        ("러시아 국립광학연구소", {"country": "RU"}, "institute", False),
        ("Институт стали", {}, "institute", False),
    ],
)
def test_new_korean_holder_without_a_legal_form_is_masked_as_a_new_company_is(holder, facts, kind, is_masked):
    take({**ROW, "holder": holder, **facts})
    made = Organisation.objects.get()
    assert (made.kind, made.is_name_masked, made.public_name == holder) == (kind, is_masked, not is_masked)
