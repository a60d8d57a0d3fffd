"""How often somebody may do something. Counted in the database: a limit holds when the cache is down."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kr_ru_platform.models import ThrottleCount
from kr_ru_platform.words.reading.folding import fold_email

MINUTE, HOUR, DAY = 60, 3600, 86_400

# What → for whom it is counted → (times, seconds). A training room signs up and in behind one network
# address within minutes; what one receiver gets is counted over all senders.
LIMITS: dict[str, dict[str, tuple[int, int]]] = {
    # Of visitors alone, and only what has to be looked for: an answer that is kept costs next to nothing.
    "search": {"address": (120, MINUTE)},
    "sign-up": {"address": (100, HOUR), "receiver": (5, DAY)},
    "password reset": {"address": (60, HOUR), "receiver": (5, HOUR)},
    "address change": {"sender": (10, DAY), "address": (60, HOUR), "receiver": (3, DAY)},
    "verification": {"sender": (10, HOUR), "address": (100, HOUR), "receiver": (4, DAY)},
    "invitation": {"sender": (30, DAY), "organisation": (60, DAY), "address": (200, DAY), "receiver": (3, DAY)},
    "join request": {"sender": (5, DAY), "organisation": (20, DAY), "address": (100, DAY)},
    "dispute": {"sender": (10, DAY), "organisation": (20, DAY), "address": (100, DAY)},
    "match request": {"sender": (20, DAY), "organisation": (40, DAY), "address": (200, DAY)},
    "message": {"sender": (60, HOUR), "organisation": (120, HOUR), "address": (600, HOUR), "thread": (100, HOUR)},
}
# Everything together that strangers have the portal write to one address.
MAIL_TO_RECEIVER = (12, DAY)

# The domains of one mailbox → signs of the name that make no difference there, and what they are read as.
PROVIDERS: dict[tuple[str, ...], tuple[str, str]] = {
    ("gmail.com", "googlemail.com"): (r"\.", ""),
    ("daum.net", "hanmail.net"): ("", ""),
    ("icloud.com", "me.com", "mac.com"): ("", ""),
    (
        *("yandex.ru", "ya.ru", "narod.ru"),
        *(f"yandex.{end}" for end in ("com", "by", "kz", "ua", "uz", "az", "tj", "md", "lt", "lv", "ee", "fr", "kg")),
        *(f"yandex.{end}" for end in ("com.am", "com.ge", "com.tr", "co.il", "com.ua")),
    ): (r"\.-", "-"),
    ("proton.me", "protonmail.com", "protonmail.ch", "pm.me"): (r"\._-", ""),
}

COUNT = """
INSERT INTO kr_ru_platform_throttlecount AS row (scope, key, count, ends_at)
VALUES (%(scope)s, %(key)s, 1, %(ends_at)s)
ON CONFLICT (scope, key) DO UPDATE SET
    count = CASE WHEN row.ends_at <= %(now)s THEN 1 ELSE row.count + 1 END,
    ends_at = CASE WHEN row.ends_at <= %(now)s THEN excluded.ends_at ELSE least(row.ends_at, excluded.ends_at) END
RETURNING count, ends_at
"""


class TooManyError(Exception):
    """Done too often; `until` is when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    @property
    def seconds(self) -> int:
        return max(1, int((self.until - timezone.now()).total_seconds()) + 1)

    @property
    def sentence(self) -> str:
        """In the language of the page."""
        minutes = -(-self.seconds // MINUTE)
        if minutes <= 90:
            when = ngettext("in %(count)s minute", "in %(count)s minutes", minutes) % {"count": minutes}
        else:
            hours = -(-self.seconds // HOUR)
            when = ngettext("in %(count)s hour", "in %(count)s hours", hours) % {"count": hours}
        return _("This was done too often in a short time. Please try again %(when)s.") % {"when": when}


class Limit(NamedTuple):
    scope: str
    key: str
    times: int
    seconds: int


def throttle(scope: str, key: object, limit: int, seconds: int) -> None:
    """Count one more; raises TooManyError beyond `limit` times in `seconds`."""
    throttle_all([Limit(scope, str(key), limit, seconds)])


def throttle_all(limits: Iterable[Limit]) -> None:
    """All or none are counted: who is refused by one limit does not use up another one, nor does a refusal count.

    In one order, so that two visitors never wait for each other.
    """
    now = timezone.now()
    with transaction.atomic():
        for limit in sorted(limits):
            count, ends_at = _count(limit, now)
            if count > limit.times:
                raise TooManyError(ends_at)


def throttle_action(action: str, **who: Any) -> None:
    """One of LIMITS, for those whom it names: throttle_action("invitation", sender=7, receiver="lee@example.org").

    Who is None is not counted: the centre's own people send as many as their work asks for.
    """
    chosen = settings.THROTTLING.get(action, {})
    limits = []
    for name, (times, seconds) in {**LIMITS[action], **chosen}.items():
        if who.get(name) is not None:
            key = folded_receiver(who[name]) if name == "receiver" else str(who[name])
            limits.append(Limit(f"{action} by {name}", key, times, seconds))
    if who.get("receiver"):
        limits.append(Limit("mail by receiver", folded_receiver(who["receiver"]), *MAIL_TO_RECEIVER))
    throttle_all(limits)


def folded_receiver(email: str) -> str:
    """One key for all spellings that end in one mailbox: case, what follows a plus, a domain in letters or in code,
    signs that a large provider passes over, the several domains that it has for one mailbox."""
    name, _at, domain = fold_email(email).rpartition("@")
    name = name.partition("+")[0] or name
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    for known, (passed_over, one_sign) in PROVIDERS.items():
        if domain in known:
            name = re.sub(f"[{passed_over}]", one_sign, name) if passed_over else name
            domain = known[0]
    return f"{name}@{domain}"


def delete_old_counts() -> None:
    ThrottleCount.objects.filter(ends_at__lte=timezone.now()).delete()


def _count(limit: Limit, now: datetime) -> tuple[int, datetime]:
    """One statement: whoever counts at the same time waits for this row."""
    values = {
        "scope": limit.scope,
        "key": salted_hmac(f"throttle {limit.scope}", limit.key, algorithm="sha256").hexdigest(),
        "ends_at": now + timedelta(seconds=limit.seconds),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        count, ends_at = cursor.fetchone()
    return count, ends_at
