import pytest
from django.conf import settings

from accounts.models import Organisation
from matching.domain.intake.batches import BatchReport, Intake, parsed_batches
from matching.domain.intake.files.row_streams import SourceRow
from matching.domain.intake.import_rows import RowError, parse_row
from matching.models import Technology, TechnologyText
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

LOAD = settings.BASE_DIR.parent / "shared/data/load"
# Real documents have copies among them, and holders that nobody has confirmed.
NOTES_OF_REAL_FILES = {"new_holder", "looks_like_row", "looks_like_technology"}
pytestmark = pytest.mark.django_db


def take(*rows, start=2, **options):
    intake = Intake(**{"by": None, **options})
    parsed = [parse_row(SourceRow(number, values)) for number, values in enumerate(rows, start=start)]
    return intake.take(parsed)


def snapshot():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Technology, TechnologyText, Technology.history.model, TechnologyText.history.model)
    ]


ROW = {
    "id": "a-1",
    "lang": "ru",
    "title": "Провод",
    "text": "Провод из сплава.",
    "trl": "6",
    "holder": "Институт",
    "disclosure": "public",
}


def test_take_creates_drafts_with_owner_and_history():
    staff = create_staff()
    assert take(ROW, by=staff) == BatchReport(
        rows=1, created=1, errors=[RowError(2, "holder", "new_holder", "Институт")]
    )
    made = Technology.objects.get()
    assert (made.external_id, made.state, made.revision, made.owner, made.holder.name_ru) == (
        "a-1",
        "draft",
        1,
        staff,
        "Институт",
    )
    text = made.texts.get()
    assert (text.language, text.provenance, text.title, text.summary, text.description) == (
        "ru",
        "source",
        "Провод",
        "Провод из сплава.",
        "Провод из сплава.",
    )
    assert [(entry.history_type, entry.history_user) for entry in made.history.all()] == [("+", staff)]


def test_take_publishes_when_asked():
    take(ROW, publish=True)
    made = Technology.objects.get()
    assert (made.state, made.published_at is not None, made.expires_on is not None) == (
        "published",
        True,
        True,
    )


def test_take_publishes_earlier_drafts_when_asked():
    take(ROW)
    assert take(ROW, publish=True) == BatchReport(rows=1, updated=1)
    assert list(Technology.objects.values_list("state", "revision")) == [("published", 2)]


def test_take_again_changes_nothing():
    take(ROW, {**ROW, "id": "a-2"})
    before = snapshot()
    assert take(ROW, {**ROW, "id": "a-2"}) == BatchReport(rows=2, unchanged=2)
    assert snapshot() == before


def test_take_updates_only_what_changed():
    take(ROW, {**ROW, "id": "a-2"})
    assert take({**ROW, "trl": "7", "text": "Новый текст."}, {**ROW, "id": "a-2"}) == BatchReport(
        rows=2, updated=1, unchanged=1
    )
    assert list(Technology.objects.order_by("external_id").values_list("external_id", "trl", "revision")) == [
        ("a-1", 7, 2),
        ("a-2", 6, 1),
    ]
    text = TechnologyText.objects.get(technology__external_id="a-1")
    assert (text.summary, text.description) == ("Новый текст.", "Новый текст.")


def test_take_leaves_a_summary_that_a_person_wrote():
    take(ROW)
    TechnologyText.objects.update(summary="Краткое описание куратора.")
    take({**ROW, "text": "Новый текст."})
    assert TechnologyText.objects.values_list("summary", "description").get() == (
        "Краткое описание куратора.",
        "Новый текст.",
    )


def test_take_changes_facts_without_texts():
    take(ROW)
    assert take({"id": "a-1", "trl": "9"}, {"id": "new", "trl": "9"}) == BatchReport(
        rows=2, updated=1, errors=[RowError(3, "", "no_text")]
    )
    assert Technology.objects.get().trl == 9


def test_take_adds_a_translation_to_what_is_there():
    take(ROW)
    take({"id": "a-1", "title_ko": "선재", "summary_ko": "선재 요약"})
    take({"id": "a-1", "lang": "en", "title": "Wire"})
    assert list(TechnologyText.objects.order_by("language").values_list("language", "provenance")) == [
        ("en", "machine"),
        ("ko", "machine"),
        ("ru", "source"),
    ]


def test_take_refuses_a_second_source():
    take(ROW)
    assert take({"id": "a-1", "lang": "en", "title": "Wire", "provenance": "source"}) == BatchReport(
        rows=1, errors=[RowError(2, "provenance", "other_source", "ru")]
    )


def test_take_gives_nothing_to_an_organisation_that_registered_itself_under_the_name():
    create_member(organisation=InstituteFactory(name_ru="Институт", is_new=True))

    batch = take(ROW)

    assert batch.errors == [RowError(2, "holder", "unchecked_holder", "Институт")]
    assert Technology.objects.get().holder is None


def test_take_finds_a_holder_with_members_that_the_centre_has_given_a_technology():
    holder = InstituteFactory(name_ru="Институт")
    create_member(organisation=holder)
    TechnologyFactory(holder=holder)

    assert take(ROW).errors == []
    assert holder.technologies.count() == 2


def test_take_finds_known_holders_by_name_in_any_case():
    holder = InstituteFactory(name_ru="Институт Материалов")
    take({**ROW, "holder": "институт  материалов"}, {**ROW, "id": "b", "holder": "Институт материалов"})
    assert list(Technology.objects.values_list("holder_id", flat=True)) == [holder.pk, holder.pk]
    assert Organisation.objects.count() == 1


def test_take_reports_the_second_of_two_equal_ids():
    assert take(ROW, {**ROW, "title": "Другой"}).errors[-1] == RowError(3, "id", "duplicate_id", "a-1")
    assert Technology.objects.count() == 1


def test_take_in_a_dry_run_changes_nothing():
    take(ROW)
    before = snapshot()
    batch = take({**ROW, "trl": "9"}, {**ROW, "id": "b", "title": "Лента", "holder": "Другой институт"}, dry_run=True)
    told = [RowError(2, "id", "draft_would_be_public", "a-1"), RowError(3, "holder", "new_holder", "Другой институт")]
    assert batch == BatchReport(rows=2, created=1, updated=1, errors=told)
    assert snapshot() == before
    assert not Organisation.objects.filter(name_ru="Другой институт").exists()


def test_rows_without_id_are_created_each_time_and_noted():
    intake = Intake(by=None)
    intake.take([parse_row(SourceRow(2, {"title": "Wire", "price": "3"}))])
    assert intake.notices() == [
        RowError(0, "price", "unused_column"),
        RowError(0, "external_id", "rows_without_id", "1"),
    ]


@pytest.mark.parametrize(("name", "count"), [("offers_en.jsonl", 350), ("abstracts_ru.jsonl", 1321)])
def test_real_files_come_in_whole_and_again_change_nothing(name, count):
    if not (LOAD / name).exists():
        pytest.skip(f"../shared/data/load/{name} is not there")

    def whole():
        intake, total = Intake(by=None), BatchReport()
        for rows in parsed_batches(path=LOAD / name, name=name):
            batch = intake.take(rows)
            total.add(batch)
            total.errors += [error for error in batch.errors if error.code not in NOTES_OF_REAL_FILES]
        return total

    assert whole() == BatchReport(rows=count, created=count)
    assert whole() == BatchReport(rows=count, unchanged=count)
    assert not TechnologyText.objects.filter(description__regex="</?(b|ol|li|p)>").exists()
