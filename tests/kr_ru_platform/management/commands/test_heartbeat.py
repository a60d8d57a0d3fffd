import io
import time

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from kr_ru_platform.running.beat import HEARTBEAT_KEY


def test_program_that_said_so_lately_lives() -> None:
    cache.set(HEARTBEAT_KEY, time.time() - 10)
    said = io.StringIO()
    call_command("heartbeat", "clock", stdout=said)
    assert said.getvalue() in ("10 s\n", "11 s\n")


@pytest.mark.parametrize("age", [None, 31])
def test_silent_program_does_not(age: int | None) -> None:
    cache.delete(HEARTBEAT_KEY)
    if age is not None:
        cache.set(HEARTBEAT_KEY, time.time() - age)
    with pytest.raises(CommandError, match="The clock has not said lately"):
        call_command("heartbeat", "clock")
