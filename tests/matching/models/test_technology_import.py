import pytest

from matching.models import ImportMapping, ImportRowError, TechnologyImport
from tests.constraints import constraint_against
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_columns_of_a_header_are_noted_once_for_each_sender():
    sender = create_staff()
    ImportMapping.objects.create(sender=sender, fingerprint="a")
    again = {"sender": sender, "fingerprint": "a", "columns": {"x": "title"}}
    assert constraint_against(ImportMapping.objects.create, **again) == "import_mapping_is_one_per_sender_and_header"
    ImportMapping.objects.create(sender=sender, fingerprint="b")
    ImportMapping.objects.create(sender=create_staff(), fingerprint="a")


def test_authors_are_who_sent_the_file_and_everybody_who_said_what_it_means():
    sender, reader = create_staff(), create_staff()
    row, of_nobody = (TechnologyImport.objects.create(name="a.csv", uploaded_by=by) for by in (sender, None))
    assert (row.authors, of_nobody.authors) == ([sender], [])
    for one in (row, of_nobody):
        one.reading_authors.add(reader, sender)
    assert (row.authors, of_nobody.authors) == ([sender, reader], [sender, reader])


def test_errors_come_in_the_order_of_the_file():
    row = TechnologyImport.objects.create(name="a.csv")
    for number in (7, 2, 2):
        ImportRowError.objects.create(technology_import=row, row=number, column="id", code=f"code{number}")
    assert [str(error) for error in row.row_errors.all()] == ["2 id code2", "2 id code2", "7 id code7"]
