from datetime import date

import pytest

from matching.domain.requests.due_dates import add_working_days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday → Monday
        (date(2026, 11, 21), 5, date(2026, 11, 27)),  # Saturday → Friday
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_add_working_days_skips_weekends(start, days, end):
    assert add_working_days(start, days) == end
