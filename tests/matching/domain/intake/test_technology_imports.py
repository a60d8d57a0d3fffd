import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from accounts.models import Organisation
from kr_ru_platform.running.lock_numbers import IMPORTS
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.intake import batches, import_turns
from matching.domain.intake.files.row_streams import ReadingChoices
from matching.domain.intake.import_progress import rows_through
from matching.domain.intake.technology_imports import (
    ImportDecision,
    cancel_import,
    continue_import,
    decide_import,
    set_reading,
    unfinished_imports,
    upload_import,
)
from matching.domain.technologies.curation import move_technology
from matching.domain.technologies.curation_lists import history_of
from matching.domain.technologies.proposed_changes import approve_import
from matching.enums import ImportPolicy, ImportState, TechnologyState
from matching.models import ProposedChange, Publication, Technology, TechnologyImport, TechnologyText
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
GOOD = "id,title,lang\n1,Провод,ru\n2,선재,ko\n"
BAD = GOOD + "3,Wire,xx\n"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(content, name="a.csv"):
    return upload_import(by=create_staff(), file=SimpleUploadedFile(name, content.encode()), name=name)


def counts(row):
    row.refresh_from_db()
    return (
        row.state,
        row.rows_done,
        row.rows_total,
        row.created_count,
        row.updated_count,
        row.unchanged_count,
        row.error_count,
    )


def test_check_counts_and_changes_nothing():
    row = upload(BAD)
    continue_import(import_id=row.pk)
    assert counts(row) == ("checked", 3, 3, 2, 0, 0, 1)
    assert list(row.row_errors.values_list("row", "column", "code", "value")) == [(4, "lang", "unknown_language", "xx")]
    assert not Technology.objects.exists()


def test_good_rows_are_imported():
    row = upload(BAD)
    continue_import(import_id=row.pk)
    decided = {"technology_import": row, "said": ImportDecision(ImportPolicy.GOOD_ROWS, publish=True)}
    with pytest.raises(MoveNotAllowedError):
        decide_import(**decided, by=row.uploaded_by)
    second = create_staff()
    decide_import(**decided, by=second)
    continue_import(import_id=row.pk)
    assert counts(row) == ("done", 3, 3, 2, 0, 0, 1)
    assert set(Technology.objects.values_list("external_id", "state", "owner")) == {
        ("1", "published", second.pk),
        ("2", "published", second.pk),
    }
    published = Publication.objects.values_list("technology__external_id", "kind", "proposers", "approved_by")
    assert sorted(published) == [(i, "import", [row.uploaded_by.pk], second.pk) for i in ("1", "2")]


def test_nobody_publishes_a_draft_from_the_file_that_they_uploaded():
    """Whoever pressed "import" and whoever sent it for review."""
    row = upload("id,title,summary,lang\n1,Провод,Лёгкий провод,ru\n")
    continue_import(import_id=row.pk)
    presser, sender = create_staff(), create_staff()
    decide_import(technology_import=row, by=presser, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=False))
    continue_import(import_id=row.pk)
    technology = move_technology(technology=Technology.objects.get(), to=TechnologyState.IN_REVIEW, by=sender)
    for author in (row.uploaded_by, presser, sender):
        with pytest.raises(MoveNotAllowedError):
            move_technology(technology=technology, to=TechnologyState.PUBLISHED, by=author)
    move_technology(technology=technology, to=TechnologyState.PUBLISHED, by=create_staff())
    assert [entry.is_import for entry in history_of(technology)[-2:]] == [True, True]


def test_import_changes_nothing_that_is_published_by_one_person():
    row = upload(BAD)
    continue_import(import_id=row.pk)
    second, third = create_staff(), create_staff()
    decide_import(technology_import=row, by=second, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=True))
    continue_import(import_id=row.pk)
    TechnologyText.objects.filter(technology__external_id="1").update(title="Former", summary="Former")
    before = list(TechnologyText.objects.order_by("pk").values("title", "summary", "description"))
    again = upload(BAD)
    continue_import(import_id=again.pk)
    decide_import(
        technology_import=again, by=again.uploaded_by, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=False)
    )
    continue_import(import_id=again.pk)
    assert list(TechnologyText.objects.order_by("pk").values("title", "summary", "description")) == before
    change = ProposedChange.objects.get()
    assert (change.technology.external_id, change.technology_import, list(change.authors.all())) == (
        "1",
        again,
        [again.uploaded_by],
    )
    assert approve_import(changes=[change], by=again.uploaded_by) == (0, 1)
    assert approve_import(changes=[change], by=third) == (1, 0)
    assert TechnologyText.objects.get(technology__external_id="1").title != "Former"


def test_whoever_says_what_columns_mean_does_not_publish_what_comes_of_it_alone():
    """The protected text read as the summary would be public by one person's decision."""
    row = upload("id,lang,title,short,core,level\n7,ru,Провод,Кратко,СЕКРЕТ ядра,nda\n")
    continue_import(import_id=row.pk)
    second, third = create_staff(), create_staff()
    columns = {"id": "external_id", "lang": "language", "title": "title", "core": "summary", "level": "disclosure"}
    set_reading(technology_import=row, by=second, reading=ReadingChoices(columns=columns))
    continue_import(import_id=row.pk)
    for one in (row.uploaded_by, second):
        with pytest.raises(MoveNotAllowedError, match=r"\w"):
            decide_import(
                technology_import=row, by=one, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=True, reason="mine")
            )
    decide_import(technology_import=row, by=third, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=True))
    continue_import(import_id=row.pk)
    record = Publication.objects.get()
    assert (record.proposed_by, record.approved_by, record.is_by_one_person) == (
        f"{row.uploaded_by}, {second}",
        third,
        False,
    )


def test_a_decision_names_the_reading_that_it_saw():
    """Whoever reads a file otherwise would have somebody else's press publish what nobody else has seen."""
    row = upload("id,lang,title,short,core,level\n7,ru,Провод,Кратко,СЕКРЕТ ядра,nda\n")
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    seen, decider = row.revision, create_staff()
    columns = {"id": "external_id", "lang": "language", "title": "title", "core": "summary", "level": "disclosure"}
    reading = ReadingChoices(columns=columns)
    set_reading(technology_import=row, by=row.uploaded_by, reading=reading, expected_revision=seen)
    with pytest.raises(StaleRevisionError):
        set_reading(technology_import=row, by=decider, reading=ReadingChoices(), expected_revision=seen)
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    said = ImportDecision(ImportPolicy.GOOD_ROWS, publish=True, change_holders=True)
    with pytest.raises(StaleRevisionError):
        decide_import(technology_import=row, by=decider, said=said, expected_revision=seen)
    assert (row.state, Technology.objects.count()) == (ImportState.CHECKED, 0)
    decide_import(technology_import=row, by=decider, said=said, expected_revision=row.revision)


def publishing_is_refused(row, by):
    try:
        with transaction.atomic():
            decide_import(technology_import=row, by=by, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=True))
            transaction.set_rollback(True)
    except MoveNotAllowedError:
        return True
    return False


def test_whoever_said_what_columns_mean_stays_an_author_of_this_file_and_the_next():
    """Also when the sender has said the same again, and where the first file was cancelled."""
    content = "id,lang,title,short,core,level\n7,ru,Провод,Кратко,СЕКРЕТ ядра,nda\n"
    row = upload(content)
    sender, reader, other = row.uploaded_by, create_staff(), create_staff()
    continue_import(import_id=row.pk)
    columns = {"id": "external_id", "lang": "language", "title": "title", "core": "summary", "level": "disclosure"}
    for by in (reader, sender):
        set_reading(technology_import=row, by=by, reading=ReadingChoices(columns=columns))
        continue_import(import_id=row.pk)
    row = TechnologyImport.objects.get(pk=row.pk)
    assert row.authors == [sender, reader]
    assert [publishing_is_refused(row, one) for one in (sender, reader, other)] == [True, True, False]
    cancel_import(technology_import=row, by=sender)
    following = upload_import(by=sender, file=SimpleUploadedFile("b.csv", content.encode()), name="b.csv")
    continue_import(import_id=following.pk)
    following = TechnologyImport.objects.get(pk=following.pk)
    assert (following.reading["columns"], following.authors) == (columns, [sender, reader])
    assert [publishing_is_refused(following, one) for one in (sender, reader, other)] == [True, True, False]


def test_what_a_file_proposes_is_proposed_by_all_who_had_a_hand_in_it():
    TechnologyFactory(external_id="1")
    row = upload(GOOD)
    continue_import(import_id=row.pk)
    reader, decider, other = create_staff(), create_staff(), create_staff()
    set_reading(technology_import=row, by=reader, reading=ReadingChoices())
    continue_import(import_id=row.pk)
    decide_import(technology_import=row, by=decider, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=False))
    continue_import(import_id=row.pk)
    change = ProposedChange.objects.get()
    assert set(change.authors.all()) == {row.uploaded_by, reader, decider}
    assert [approve_import(changes=[change], by=one) for one in (row.uploaded_by, reader, decider, other)] == [
        (0, 1),
        (0, 1),
        (0, 1),
        (1, 0),
    ]


def test_all_or_nothing_imports_nothing_with_errors():
    row = upload(BAD)
    continue_import(import_id=row.pk)
    decide_import(
        technology_import=row, by=row.uploaded_by, said=ImportDecision(ImportPolicy.ALL_OR_NOTHING, publish=False)
    )
    assert continue_import(import_id=row.pk) is None
    row.refresh_from_db()
    assert (row.state, row.failure_code, Technology.objects.count()) == (
        ImportState.CANCELLED,
        "rows_have_errors",
        0,
    )


def test_all_or_nothing_imports_all_without_errors():
    row = upload(GOOD)
    continue_import(import_id=row.pk)
    decide_import(
        technology_import=row, by=row.uploaded_by, said=ImportDecision(ImportPolicy.ALL_OR_NOTHING, publish=False)
    )
    continue_import(import_id=row.pk)
    assert counts(row) == ("done", 2, 2, 2, 0, 0, 0)


def test_all_or_nothing_takes_back_everything_when_it_breaks(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    row = upload(GOOD)
    continue_import(import_id=row.pk)
    decide_import(
        technology_import=row, by=row.uploaded_by, said=ImportDecision(ImportPolicy.ALL_OR_NOTHING, publish=False)
    )
    break_at_batch(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        continue_import(import_id=row.pk)
    assert (Technology.objects.count(), counts(row)[:2]) == (0, ("importing", 0))


def break_at_batch(monkeypatch, number):
    calls, take = [], batches.Intake.take

    def broken(self, rows):
        calls.append(rows)
        if len(calls) == number:
            raise KeyboardInterrupt
        return take(self, rows)

    monkeypatch.setattr(batches.Intake, "take", broken)


def test_an_interrupted_import_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    row = upload(GOOD + "2,다시,ko\n")
    continue_import(import_id=row.pk)
    decide_import(technology_import=row, by=row.uploaded_by, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=False))
    with monkeypatch.context() as broken:
        break_at_batch(broken, 2)
        with pytest.raises(KeyboardInterrupt):
            continue_import(import_id=row.pk)
    assert counts(row)[:2] == ("importing", 1)
    assert unfinished_imports() == [row.pk]
    continue_import(import_id=row.pk)
    assert counts(row) == ("done", 3, 3, 2, 0, 0, 1)
    assert unfinished_imports() == []


def test_a_bad_file_fails_with_a_code():
    row = upload("", name="a.xlsx")
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure_code) == (ImportState.FAILED, "empty_file")


def test_a_lost_file_fails_with_a_code():
    row = upload(GOOD)
    row.file.storage.delete(row.file.name)
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure_code) == (ImportState.FAILED, "file_lost")


def test_a_cancelled_import_is_left_alone():
    row = upload(GOOD)
    cancel_import(technology_import=row, by=row.uploaded_by)
    assert continue_import(import_id=row.pk) is None
    with pytest.raises(MoveNotAllowedError):
        decide_import(
            technology_import=row, by=row.uploaded_by, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=False)
        )


def test_an_import_cancelled_during_its_check_stays_cancelled(monkeypatch):
    row = upload(GOOD)
    take = batches.Intake.take

    def cancelling(self, rows):
        cancel_import(technology_import=row, by=row.uploaded_by)
        return take(self, rows)

    monkeypatch.setattr(batches.Intake, "take", cancelling)
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_work_on_one_import():
    row = upload(GOOD)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [IMPORTS, row.pk])
        assert continue_import(import_id=row.pk) is None
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    continue_import(import_id=row.pk)
    assert counts(row)[0] == "checked"


def test_an_unexpected_error_ends_the_import_instead_of_repeating_it(monkeypatch):
    def broken(self, rows):
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(batches.Intake, "take", broken)
    row = upload(GOOD)
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure_code, unfinished_imports()) == (ImportState.FAILED, "unexpected", [])


def test_characters_that_the_database_refuses_are_left_out():
    row = upload('{"id": "a\\u0000", "title": "Wire\\ud800", "trl\\u0000x": "1", "trl": "\\u0000z"}\n', "a.jsonl")
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED
    assert list(row.row_errors.values_list("row", "column", "code", "value")) == [
        (0, "trlx", "unused_column", ""),
        (1, "trl", "wrong_trl", "z"),
    ]


def test_progress_of_all_or_nothing_is_told_while_nothing_is_committed(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    told = []
    row = upload(GOOD)
    continue_import(import_id=row.pk)
    decide_import(
        technology_import=row, by=row.uploaded_by, said=ImportDecision(ImportPolicy.ALL_OR_NOTHING, publish=False)
    )
    row = TechnologyImport.objects.get()
    take = batches.Intake.take

    def watching(self, rows):
        told.append(rows_through(row))
        return take(self, rows)

    monkeypatch.setattr(batches.Intake, "take", watching)
    continue_import(import_id=row.pk)
    assert (told[0] or 0, told[1]) == (0, 1)


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xef\xbb\xbf", "no_header"), (b"\xff\xfe", "no_header"), (b"\xef\xbb\xbf\n", "no_header")]
)
def test_file_of_nothing_but_a_mark_fails_once_and_stops_no_other(content, code):
    row = upload_import(by=create_staff(), file=SimpleUploadedFile("a.csv", content), name="a.csv")
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure_code, unfinished_imports()) == (ImportState.FAILED, code, [])


def test_external_id_that_grows_when_it_is_made_plain_is_an_error_of_its_row():
    row = upload("id,title,lang\n" + "\u0958" * 200 + ",Wire,en\n2,Tape,en\n")
    continue_import(import_id=row.pk)
    assert list(row.row_errors.values_list("row", "code")) == [(2, "too_long")]


@pytest.mark.parametrize(("policy", "kept"), [(ImportPolicy.GOOD_ROWS, 1), (ImportPolicy.ALL_OR_NOTHING, 0)])
def test_running_import_can_be_cancelled(monkeypatch, policy, kept):
    monkeypatch.setattr(batches, "BATCH", 1)
    row = upload(GOOD)
    continue_import(import_id=row.pk)
    decide_import(technology_import=row, by=row.uploaded_by, said=ImportDecision(policy, publish=False))
    take, taken = batches.Intake.take, []

    def cancelling(self, rows):
        taken.append(rows)
        if len(taken) == 2:
            TechnologyImport.objects.filter(pk=row.pk).update(state=ImportState.CANCELLED)
        return take(self, rows)

    monkeypatch.setattr(batches.Intake, "take", cancelling)
    continue_import(import_id=row.pk)
    assert Technology.objects.count() == kept


def test_large_file_does_not_hold_up_a_small_one(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    large = upload("id,title,lang\n" + "".join(f"{n},Wire {n},en\n" for n in range(20)))
    small = upload(GOOD)
    ended = [pk for pk, _error in import_turns.in_turns()]
    assert ended == [small.pk, large.pk]
    assert [counts(row)[0] for row in (small, large)] == ["checked", "checked"]


def checked(*lines):
    """A file of technologies with holders, looked at but not decided."""
    row = upload("id,lang,title,short,holder\n" + "".join(f"{line}\n" for line in lines))
    continue_import(import_id=row.pk)
    return TechnologyImport.objects.get(pk=row.pk)


def imported(row, policy=ImportPolicy.GOOD_ROWS):
    said = ImportDecision(policy, publish=False, change_holders=True)
    decide_import(technology_import=row, by=create_staff(), said=said, expected_revision=row.revision)
    continue_import(import_id=row.pk)
    row.refresh_from_db()
    found = Technology.objects.order_by("external_id").values_list("external_id", "holder__name_ru")
    return list(found), list(row.row_errors.filter(code="holder_not_as_listed").values_list("row", flat=True))


def institute(name, **fields):
    return InstituteFactory(name_ru=name, name_ko="", name_en="", **fields)


def rename(name, new):
    row = Organisation.objects.get(name_ru=name)
    row.name_ru = new
    row.save()
    institute(name)


def test_what_was_listed_of_holders_is_stored():
    TechnologyFactory(external_id="a", holder=institute("Первый"), state="draft", published_at=None)
    institute("Второй")
    row = checked("a,ru,Провод,Кратко,Второй", "b,ru,Лента,Кратко,Новый", "c,ru,Ванна,Кратко,Новый", "d,ru,Газ,Кратко,")
    found = imported(row)
    assert found == ([("a", "Второй"), ("b", "Новый"), ("c", "Новый"), ("d", None)], [])


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(lambda: rename("Второй", "Прежний"), id="the name is another's"),
        pytest.param(lambda: Technology.objects.update(holder=institute("Третий")), id="the technology is another's"),
    ],
)
def test_change_of_holder_that_was_not_listed_is_an_error_of_its_row(meanwhile):
    """The name or the technology is somebody else's by now: another organisation would read the protected texts."""
    TechnologyFactory(external_id="a", holder=institute("Первый"), state="draft", published_at=None)
    institute("Второй")
    row = checked("a,ru,Провод,Кратко,Второй", "b,ru,Лента,Кратко,Первый")
    meanwhile()
    holder = Technology.objects.get().holder.name_ru
    assert imported(row) == ([("a", holder), ("b", "Первый")], [2])


def test_new_technology_goes_to_nobody_who_got_the_name_meanwhile():
    row = checked("b,ru,Лента,Кратко,Новый")
    institute("Новый")
    assert imported(row) == ([], [2])


def test_all_or_nothing_stores_nothing_of_a_file_whose_holders_became_others():
    row = checked("b,ru,Лента,Кратко,Новый", "c,ru,Ванна,Кратко,")
    institute("Новый")
    assert imported(row, ImportPolicy.ALL_OR_NOTHING) == ([], [2])
    assert (row.state, row.failure_code, row.created_count) == (ImportState.CANCELLED, "rows_have_errors", 0)
