from matching.domain.intake.import_progress import rows_through, tell_progress
from matching.enums import ImportPolicy, ImportState
from matching.models import TechnologyImport


def test_progress_is_the_rows_own_but_for_all_or_nothing() -> None:
    row = TechnologyImport(pk=10**9, state=ImportState.IMPORTING, rows_done=7)
    tell_progress(TechnologyImport(pk=10**9, rows_done=9))
    found = []
    for policy in (ImportPolicy.GOOD_ROWS, ImportPolicy.ALL_OR_NOTHING):
        row.policy = policy
        found.append(rows_through(row))
    assert found == [7, 9]
