import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kr_ru_platform.embedded import process
from kr_ru_platform.embedded.layout import BASE_DIR, ServiceError
from kr_ru_platform.embedded.process import ChildProcess, last_lines, open_log, shorten_log, spawn, wait_until

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
PARENT = """
from pathlib import Path
from kr_ru_platform.embedded.process import spawn
import time
print(spawn("child", ["sleep", "60"], Path({log!r})).process.pid, flush=True)
time.sleep(60)
"""


def python(code: str, log: Path) -> ChildProcess:
    return spawn("program", [sys.executable, "-c", code], log)


def is_living(pid: int) -> bool:
    """One that has ended may wait to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_for(is_done: object, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not is_done() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.02)
    return is_done()  # type: ignore[operator]


def test_program_deaf_to_one_signal_is_sent_the_next(tmp_path: Path) -> None:
    child = python(DEAF, tmp_path / "a.log")
    wait_until(lambda: "ready" in last_lines(child.log), child, 20)
    child.stop([(signal.SIGTERM, 0.2), (signal.SIGINT, 10.0), (signal.SIGKILL, 10.0)])
    assert (child.is_alive, child.process.returncode) == (False, -signal.SIGINT)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_what_a_program_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    child = python("import subprocess; print(subprocess.Popen(['sleep', '60']).pid)", tmp_path / "a.log")
    child.process.wait(20)
    left = int(last_lines(child.log))
    assert is_living(left)
    child.stop([])
    assert wait_for(lambda: not is_living(left))


@pytest.mark.skipif(sys.platform != "linux", reason="children die with their parent on Linux only")
def test_child_ends_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    code = PARENT.format(log=str(tmp_path / "a.log"))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=BASE_DIR) as parent:
        pid = int(parent.stdout.readline())
        assert is_living(pid)
        parent.kill()
    assert wait_for(lambda: not is_living(pid))


def test_start_that_fails_shows_the_end_of_its_log(tmp_path: Path) -> None:
    child = python("print(*range(100), sep='\\n')", tmp_path / "a.log")
    with pytest.raises(ServiceError) as refused:
        wait_until(lambda: False, child, 20)
    lines = "\n".join(map(str, range(85, 100)))
    assert str(refused.value) == f"program did not start. The end of {child.log}:\n{lines}"


def test_start_that_takes_too_long_says_so(tmp_path: Path) -> None:
    child = python(DEAF, tmp_path / "a.log")
    try:
        with pytest.raises(ServiceError, match=r"program was not ready after 0 seconds; see .*a\.log"):
            wait_until(lambda: False, child, 0.1)
    finally:
        child.stop([(signal.SIGKILL, 10.0)])


def test_log_that_has_grown_large_is_laid_aside_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LARGEST_LOG", 3)
    log = tmp_path / "a.log"
    for text in (b"one", b"+", b"two"):
        os.write(number := open_log(log), text)
        os.close(number)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.log": "two", "a.log.1": "one+"}
    assert oct(log.stat().st_mode & 0o777) == "0o600"


def test_log_that_is_written_to_is_emptied_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LARGEST_LOG", 3)
    log = tmp_path / "a.log"
    number = open_log(log)
    for text in (b"one", b"+", b"two"):
        os.write(number, text)
        shorten_log(log)
    os.close(number)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.log": "two", "a.log.1": "one+"}
    shorten_log(tmp_path / "none.log")
    assert not (tmp_path / "none.log").exists()
