"""Title and summary are public: nothing that is not public may get into them by an import."""

import pytest

from matching.domain.intake.batches import BatchReport, Intake
from matching.domain.intake.deriving import derive
from matching.domain.intake.files.row_streams import SourceRow
from matching.domain.intake.import_rows import RowError, parse_row
from matching.models import Technology, TechnologyText

pytestmark = pytest.mark.django_db
SECRET = "Canary bath at 731 degrees. Second sentence."


def take(*rows, **options):
    intake = Intake(by=None, **options)
    batch = intake.take([parse_row(SourceRow(number, values)) for number, values in enumerate(rows, start=2)])
    batch.errors += intake.notices()
    return batch


def public_words():
    return "\n".join(f"{text.title}\n{text.summary}" for text in TechnologyText.objects.all())


def test_public_row_gets_title_and_summary_from_a_long_text():
    text = "First sentence here. " + "Another sentence follows. " * 30
    row = parse_row(SourceRow(1, {"id": "a", "text": f"<p>{text}</p>", "disclosure": "public"}))
    derive(row, None)
    own = row.texts["en"]
    assert own["description"] == text.strip()
    assert text.startswith(own["summary"]) and own["summary"].endswith(".") and 300 < len(own["summary"]) <= 400
    assert text.startswith(own["title"]) and len(own["title"]) <= 150
    assert row.derived == {("en", "provenance"), ("en", "title"), ("en", "summary")}


@pytest.mark.parametrize("level", ["members", "nda"])
@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"title": "Bath", "text": SECRET}, [("summary", "summary_needed")]),
        ({"text": SECRET}, [("title", "title_needed"), ("summary", "summary_needed")]),
        ({"text": SECRET, "summary": "A bath for everybody."}, []),
        ({"title": "Bath", "advantages": SECRET, "sought": SECRET}, []),
        ({"lang": "en", "advantages": SECRET}, [("title", "title_needed")]),
        ({"title": "Bath", "summary": "A bath.", "text_ko": "카나리아 욕조."}, [("title_ko", "title_needed")]),
        ({"title": "Bath", "summary": "A bath.", "title_ko": "욕조", "text_ko": "카나리아 욕조."}, []),
    ],
)
def test_protected_row_gets_nothing_made_from_its_text(level, values, errors):
    batch = take({"id": "a", "disclosure": level, **values})
    assert [(error.column, error.code) for error in batch.errors if error.row] == errors
    assert batch.created == (not errors)
    assert "Canary" not in public_words() and "카나리아" not in public_words()


def test_row_without_level_is_for_members_and_gets_no_summary():
    assert take({"id": "a", "title": "Bath", "text": SECRET}) == BatchReport(
        rows=1, created=1, errors=[RowError(0, "summary", "rows_without_summary", "1")]
    )
    assert list(TechnologyText.objects.values_list("title", "summary")) == [("Bath", "")]


def test_level_for_rows_that_state_none_can_be_given():
    take({"id": "a", "title": "Bath", "text": SECRET}, {"id": "b", "text": SECRET}, disclosure="public")
    assert set(TechnologyText.objects.values_list("title", "summary")) == {
        ("Bath", SECRET),
        (SECRET, SECRET),
    }
    assert take({"id": "a", "trl": "4"}, disclosure="nda").updated == 1
    assert Technology.objects.get(external_id="a").disclosure == "public"


def test_new_text_of_a_protected_technology_stays_out_of_its_teaser():
    take({"id": "a", "title": "Bath", "summary": "A bath.", "text": "Old.", "disclosure": "nda"})
    assert take({"id": "a", "text": SECRET, "text_ko": "카나리아.", "title_ko": "욕조"}).errors == []
    assert set(TechnologyText.objects.values_list("language", "title", "summary", "description")) == {
        ("en", "Bath", "A bath.", SECRET),
        ("ko", "욕조", "", "카나리아."),
    }


def test_file_does_not_open_what_is_protected():
    take({"id": "a", "title": "Bath", "summary": "A bath.", "text": "Old.", "disclosure": "nda"})
    batch = take({"id": "a", "text": SECRET, "disclosure": "public"})
    assert batch.errors == [RowError(2, "disclosure", "disclosure_kept", "nda → public")]
    assert Technology.objects.get().disclosure == "nda"
    assert "Canary" not in public_words()


def test_teaser_made_from_a_text_does_not_stay_when_the_text_is_protected():
    take({"id": "a", "text": SECRET, "disclosure": "public"})
    batch = take({"id": "a", "text": "Other.", "disclosure": "nda"})
    assert [(error.column, error.code) for error in batch.errors] == [
        ("title", "title_needed"),
        ("summary", "summary_needed"),
    ]
    assert Technology.objects.get().disclosure == "public"
    batch = take({"id": "a", "title": "Bath", "summary": "A bath.", "disclosure": "nda"})
    assert (batch.updated, batch.errors) == (1, [])
    assert "Canary" not in public_words()


def test_public_text_that_is_replaced_replaces_what_was_made_from_it():
    take({"id": "a", "text": "One thing.", "disclosure": "public"})
    take({"id": "a", "text": "Another thing."})
    assert list(TechnologyText.objects.values_list("title", "summary")) == [("Another thing.", "Another thing.")]


def test_file_brings_no_such_teaser_into_a_published_profile_that_is_protected():
    take({"id": "a", "title": "Bath", "summary": "A bath.", "text": "Old.", "disclosure": "nda"}, publish=True)
    batch = take({"id": "a", "summary": SECRET, "text": SECRET}, publish=True)
    assert [(error.column, error.code) for error in batch.errors] == [("summary", "summary_needed")]
    assert "Canary" not in public_words()


def test_row_that_protects_a_profile_and_repeats_its_new_text_is_refused():
    take({"id": "a", "text": "Old.", "disclosure": "public"})
    batch = take({"id": "a", "title": "Bath", "summary": SECRET, "text": SECRET, "disclosure": "nda"})
    assert [(error.column, error.code) for error in batch.errors] == [("summary", "summary_needed")]
