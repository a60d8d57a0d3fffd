import pytest
from django.db import connection, transaction

from kr_ru_platform.running.planning import planned_with

SETTINGS = {"enable_seqscan": "off", "work_mem": "5MB"}


def shown() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_seqscan'), current_setting('work_mem')")
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_settings_hold_for_the_queries_inside_alone() -> None:
    before = shown()
    with planned_with(SETTINGS) as cursor:
        cursor.execute("SELECT current_setting('enable_seqscan'), current_setting('work_mem')")
        assert cursor.fetchone() == ("off", "5MB")
    assert shown() == before


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_goes_on_is_planned_as_before() -> None:
    before = shown()
    with transaction.atomic():
        with planned_with(SETTINGS):
            pass
        assert shown() == before
