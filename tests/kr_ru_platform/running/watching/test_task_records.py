import time

import pytest

from kr_ru_platform.running.watching import task_records
from kr_ru_platform.running.watching.task_records import TaskRecord, record_of
from kr_ru_platform.tasks import delete_old_mail, send_queued_mail

NAME = send_queued_mail.name


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    task_records.forget()


def test_attempts_are_counted_until_one_goes_through() -> None:
    for _ in range(3):
        task_records._begun(task=send_queued_mail)
    task_records._failed(sender=send_queued_mail, exception=OSError("somebody@example.org refused"))
    failed = record_of(NAME)
    assert (failed.attempts, failed.error, failed.succeeded_at) == (3, "OSError", None)
    task_records._succeeded(sender=send_queued_mail)
    record = record_of(NAME)
    assert record == TaskRecord(NAME, succeeded_at=record.succeeded_at)
    assert record.succeeded_at == pytest.approx(time.time(), abs=5)


def test_record_keeps_the_time_of_the_first_attempt_in_a_row() -> None:
    task_records._begun(task=send_queued_mail)
    first = record_of(NAME).first_attempt_at
    task_records._begun(task=send_queued_mail)
    assert record_of(NAME).first_attempt_at == first


@pytest.mark.parametrize(("attempts", "seconds", "fails"), [(4, 1_000, False), (5, 200, False), (5, 301, True)])
def test_task_keeps_failing_after_many_attempts_over_a_while(attempts: int, seconds: int, fails: bool) -> None:
    record = TaskRecord(NAME, attempts=attempts, first_attempt_at=time.time() - seconds)
    assert record.keeps_failing is fails


@pytest.mark.django_db
def test_tasks_that_really_run_leave_their_records() -> None:
    delete_old_mail.apply()
    assert record_of(delete_old_mail.name).succeeded_at == pytest.approx(time.time(), abs=5)
