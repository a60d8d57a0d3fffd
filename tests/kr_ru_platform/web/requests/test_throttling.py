import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import override

from kr_ru_platform.models import ThrottleCount
from kr_ru_platform.web.requests.throttling import (
    LIMITS,
    Limit,
    TooManyError,
    delete_old_counts,
    folded_receiver,
    throttle,
    throttle_action,
    throttle_all,
)

pytestmark = pytest.mark.django_db


def _tries(times: int, scope: str = "test", key: object = "me", limit: int = 3) -> int:
    """How many of so many tries were let through."""
    let_through = 0
    for _try in range(times):
        try:
            throttle(scope, key, limit, 60)
        except TooManyError:
            continue
        let_through += 1
    return let_through


def test_limit_lets_so_many_through_for_each_scope_and_key() -> None:
    assert (_tries(5), _tries(5, key="you"), _tries(5, scope="other")) == (3, 3, 3)


def test_limit_ends_with_its_period() -> None:
    assert _tries(4) == 3
    ThrottleCount.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert _tries(4) == 3


def test_refusal_counts_nowhere_and_says_when() -> None:
    throttle("receiver", "victim", 2, 60)
    throttle("sender", "me", 1, 3600)
    for _try in range(5):
        with pytest.raises(TooManyError) as refused:
            throttle_all([Limit("sender", "me", 1, 3600), Limit("receiver", "victim", 2, 60)])
    assert 3590 < refused.value.seconds <= 3601
    throttle("receiver", "victim", 2, 60)
    assert set(ThrottleCount.objects.values_list("scope", "count")) == {("receiver", 2), ("sender", 1)}


@pytest.mark.parametrize(
    ("language", "seconds", "words"),
    [
        ("en", 50, "again in 1 minute."),
        ("en", 3600, "again in 60 minutes."),
        ("ko", 7200, "2시간 후에 다시 시도하세요."),
        ("ru", 130, "через 3 минуты."),
    ],
)
def test_sentence_says_when_to_try_again(language: str, seconds: int, words: str) -> None:
    with override(language):
        error = TooManyError(timezone.now() + timedelta(seconds=seconds - 1))
        assert error.sentence.endswith(words)


def test_many_senders_do_not_flood_one_receiver() -> None:
    spellings = ["Lee@gmail.com", "l.ee+1@gmail.com", "lee+x@googlemail.com"]
    times = LIMITS["invitation"]["receiver"][0]
    for number in range(times):
        throttle_action("invitation", sender=number, receiver=spellings[number % 3])
    with pytest.raises(TooManyError):
        throttle_action("invitation", sender=99, receiver="LEE@gmail.com")
    throttle_action("invitation", sender=99, receiver="kim@gmail.com")


def test_receiver_is_counted_over_all_kinds_of_mail(settings) -> None:
    settings.THROTTLING = {"sign-up": {"receiver": (100, 60)}}
    for _time in range(9):
        throttle_action("sign-up", receiver="lee@example.org")
    for _time in range(3):
        throttle_action("invitation", receiver="lee@example.org")
    with pytest.raises(TooManyError):
        throttle_action("password reset", receiver="lee@example.org")


def test_who_is_none_is_not_counted() -> None:
    for _time in range(LIMITS["invitation"]["sender"][0] + 1):
        throttle_action("invitation", sender=None, organisation=None, receiver=None)
    assert not ThrottleCount.objects.exists()


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("+a@b.org", "+a@b.org"),
        ("A.b+c@D.org", "a.b@d.org"),
        ("a.b@gmail.com", "ab@gmail.com"),
        ("a.b@hanmail.net", "a.b@daum.net"),
        ("a.b@mac.com", "a.b@icloud.com"),
        ("a.b@yandex.uz", "a-b@yandex.ru"),
        ("a@пример.рф", "a@xn--e1afmkfd.xn--p1ai"),
        ("a@xn--e1afmkfd.xn--p1ai", "a@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_folded_receiver_is_one_mailbox(typed: str, folded: str) -> None:
    assert folded_receiver(typed) == folded


def test_keys_cannot_be_read_back_and_old_counts_are_deleted() -> None:
    throttle("sign-up by receiver", "lee@example.org", 1, 60)
    throttle("sign-up by receiver", "kim@example.org", 1, 7200)
    assert "lee" not in str(ThrottleCount.objects.values_list())
    ThrottleCount.objects.filter(ends_at__lt=timezone.now() + timedelta(hours=1)).update(ends_at=timezone.now())
    delete_old_counts()
    assert ThrottleCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_count_is_right_when_many_come_at_once() -> None:
    results: list[int] = []

    def visit() -> None:
        results.append(_tries(5, limit=12))
        connections.close_all()

    visitors = [threading.Thread(target=visit) for _number in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert sum(results) == 12


def test_two_limits_are_taken_in_one_order() -> None:
    """Whatever order they are named in: or two visitors would wait for each other."""
    with connection.execute_wrapper(lambda run, sql, values, *rest: (seen.append(values), run(sql, values, *rest))[1]):
        seen: list = []
        throttle_all([Limit("b", "1", 5, 60), Limit("a", "2", 5, 60)])
    assert [row["scope"] for row in seen if isinstance(row, dict)] == ["a", "b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lee@пример.рф", "lee@xn--e1afmkfd.xn--p1ai"),
        ("lee@straße.example", "lee@strasse.example"),
        ("a.b@yandex.ru", "A-B+x@ya.ru"),
        ("a.b@proton.me", "ab@pm.me"),
        ("a.b@googlemail.com", "ab@gmail.com"),
    ],
)
def test_folded_receiver_knows_other_spellings_of_one_mailbox(one: str, other: str) -> None:
    assert folded_receiver(one) == folded_receiver(other)


@pytest.mark.parametrize(("one", "other"), [("a.b@mail.ru", "ab@mail.ru"), ("a-b@gmail.com", "ab@gmail.com")])
def test_folded_receiver_keeps_two_mailboxes_apart(one: str, other: str) -> None:
    assert folded_receiver(one) != folded_receiver(other)
