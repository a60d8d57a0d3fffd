"""Each mail once, with a mail server that is slow, refuses or is away, and with senders that are killed."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.conf import settings as live_settings
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.running.mail import mail_sending
from kr_ru_platform.running.mail.mail_sending import ATTEMPTS, WAITS, send_waiting
from tests.kr_ru_platform.running.mail.smtp import running_mail_server

pytestmark = pytest.mark.django_db

SENDER = """
import django
django.setup()
from kr_ru_platform.running.mail.mail_sending import send_waiting
send_waiting()
"""


def write(*subjects: str) -> None:
    for number, subject in enumerate(subjects):
        mail.send_mail(subject, "text", None, [f"reader{number}@example.org"])


def make_due() -> None:
    Mail.objects.filter(state=MailState.WAITING).update(due_at=timezone.now() - timedelta(seconds=1))


def rows() -> list[tuple[str, str, int]]:
    return list(Mail.objects.order_by("pk").values_list("subject", "state", "attempts"))


def test_mail_is_sent_once(settings) -> None:
    with running_mail_server(settings) as server:
        write("1", "2", "3")
        assert (send_waiting(), send_waiting()) == (3, 0)
    assert server.subjects == ["1", "2", "3"]
    assert rows() == [("1", "sent", 1), ("2", "sent", 1), ("3", "sent", 1)]


def test_refused_mail_stands_in_nobodys_way_and_waits_longer_each_time(settings) -> None:
    with running_mail_server(settings, lambda m: "451 try again later" if m["Subject"] == "2" else 0.0) as server:
        write("1", "2", "3")
        assert send_waiting() == 2
        waits = []
        for _attempt in range(ATTEMPTS - 1):
            row = Mail.objects.get(subject="2")
            waits.append(round((row.due_at - timezone.now()).total_seconds() / 60))
            make_due()
            assert send_waiting() == 0
    assert waits == WAITS
    assert server.subjects == ["1", "3"]
    assert rows() == [("1", "sent", 1), ("2", "failed", ATTEMPTS), ("3", "sent", 1)]
    assert "451" in Mail.objects.get(subject="2").error


def test_mail_that_the_server_never_takes_has_failed_at_once(settings) -> None:
    with running_mail_server(settings, lambda m: "550 no such user" if m["Subject"] == "1" else 0.0) as server:
        write("1", "2")
        assert send_waiting() == 1
    assert server.subjects == ["2"]
    assert rows() == [("1", "failed", 1), ("2", "sent", 1)]


def test_only_what_is_said_of_the_mailbox_or_the_mail_is_final() -> None:
    said = {
        SMTPRecipientsRefused({"a@b.org": (550, b"no such user")}): True,
        SMTPRecipientsRefused({"a@b.org": (450, b"greylisted")}): False,
        SMTPRecipientsRefused({"a@b.org": (550, b"5.1.1 <a@b.org>: Recipient address rejected")}): True,
        SMTPRecipientsRefused({"a@b.org": (552, b"5.2.2 mailbox full")}): True,
        SMTPRecipientsRefused({"a@b.org": (553, b"sorry, no mailbox here by that name")}): True,
        SMTPRecipientsRefused({"a@b.org": (554, b"5.7.1 <a@b.org>: Relay access denied")}): False,
        SMTPRecipientsRefused({"a@b.org": (550, b"5.7.1 Service unavailable, client blocked")}): False,
        SMTPRecipientsRefused({"a@b.org": (550, b"5.1.8 sender address rejected")}): False,
        SMTPRecipientsRefused({"a@b.org": (550, b"relaying denied")}): False,
        SMTPRecipientsRefused({"a@b.org": (550, b"listed at zen.example")}): False,
        SMTPRecipientsRefused({"a@b.org": (554, b"transaction failed")}): False,
        SMTPRecipientsRefused({"a@b.org": (530, b"5.7.0 authentication required")}): False,
        SMTPDataError(550, b"5.6.1 this kind of mail is not taken"): True,
        SMTPDataError(552, b"message too big"): True,
        SMTPDataError(554, b"5.7.1 rejected as spam"): False,
        SMTPDataError(554, b"rejected"): False,
        SMTPDataError(451, b"later"): False,
        SMTPSenderRefused(550, b"relaying denied", "portal@b.org"): False,
        SMTPServerDisconnected("gone"): False,
        TimeoutError(): False,
    }
    assert {error: mail_sending.is_final(error) for error in said} == said


def test_server_that_refuses_us_leaves_all_mail_waiting(settings) -> None:
    with running_mail_server(settings, lambda message: "554 5.7.1 Relay access denied"):
        write("1", "2", "3")
        assert send_waiting() == 0
    assert rows() == [("1", "waiting", 1), ("2", "waiting", 1), ("3", "waiting", 1)]
    make_due()
    with running_mail_server(settings) as server:
        assert send_waiting() == 3
    assert server.subjects == ["1", "2", "3"]


def test_slow_answer_ends_by_the_time_limit_and_blocks_nobody(settings) -> None:
    settings.EMAIL_TIMEOUT = 1
    with running_mail_server(settings, lambda message: 3.0 if message["Subject"] == "slow" else 0.0) as server:
        write("slow", "2", "3")
        assert send_waiting() == 2
    assert server.subjects == ["slow", "2", "3"]
    assert rows() == [("slow", "waiting", 1), ("2", "sent", 1), ("3", "sent", 1)]


def test_message_id_is_the_same_at_each_attempt(settings) -> None:
    answers = ["451 later", 0.0]
    seen = []
    with running_mail_server(settings, lambda m: (seen.append(m["Message-ID"]), answers.pop(0))[1]):
        write("1")
        send_waiting()
        make_due()
        send_waiting()
    assert len(seen) == 2 and len(set(seen)) == 1


def test_server_that_is_away_costs_no_attempt_and_is_told(settings) -> None:
    with running_mail_server(settings):
        write("1", "2")
    assert send_waiting() == 0
    assert rows() == [("1", "waiting", 0), ("2", "waiting", 0)]
    assert "Refused" in Mail.objects.first().error
    with running_mail_server(settings) as server:
        assert send_waiting() == 2
    assert server.subjects == ["1", "2"]


def test_last_attempt_that_killed_its_worker_has_failed(settings) -> None:
    with running_mail_server(settings) as server:
        write("1")
        Mail.objects.update(attempts=ATTEMPTS)
        send_waiting()
    assert (server.subjects, rows()) == ([], [("1", "failed", ATTEMPTS)])


def test_time_limits_stand_in_order() -> None:
    """An answer ends before the round, the round before the task's limit, and that before it is killed."""
    from kr_ru_platform.tasks import send_queued_mail

    limits = [live_settings.EMAIL_TIMEOUT, mail_sending.SECONDS, send_queued_mail.soft_time_limit]
    limits.append(send_queued_mail.time_limit)
    assert limits == sorted(set(limits))
    assert send_queued_mail.soft_time_limit > mail_sending.SECONDS + 3 * live_settings.EMAIL_TIMEOUT


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(settings) -> None:
    with running_mail_server(settings, lambda message: 0.02) as server:
        write(*map(str, range(20)))

        def work() -> None:
            send_waiting()
            connections.close_all()

        workers = [threading.Thread(target=work) for _number in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sorted(server.subjects, key=int) == list(map(str, range(20)))
    assert {state for _subject, state, _attempts in rows()} == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_killed_sender_leaves_at_most_the_one_in_flight_to_be_sent_again(settings) -> None:
    subjects = [str(number) for number in range(20)]
    with running_mail_server(settings, lambda message: 2.0 if message["Subject"] == "7" else 0.0) as server:
        write(*subjects)
        sender = subprocess.Popen([sys.executable, "-c", SENDER], env=_environment(settings))
        assert server.is_thinking.wait(60)
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()
        assert Mail.objects.filter(state=MailState.SENT).count() == 7
        server.answer = lambda message: 0.0
        send_waiting()
        assert sorted(set(subjects) - set(server.subjects)) == []
        make_due()
        send_waiting()
    twice = [subject for subject in subjects if server.subjects.count(subject) > 1]
    assert twice == ["7"]
    ids = {message["Message-ID"] for message in server.taken if message["Subject"] == "7"}
    assert len(ids) == 1
    assert {state for _subject, state, _attempts in rows()} == {"sent"}


def _environment(settings) -> dict[str, str]:
    database = connection.settings_dict
    base, _slash, rest = os.environ["DATABASE_URL"].rpartition("/")
    _name, mark, query = rest.partition("?")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kr_ru_platform.settings.base",
        "SECRET_KEY": "tests-only",
        "DATABASE_URL": f"{base}/{database['NAME']}{mark}{query}",
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }
