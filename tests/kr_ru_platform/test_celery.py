"""Processes of the pool and the worker they belong to."""

import os
import subprocess
import sys
import time
from pathlib import Path

ORPHAN = """
import os, signal, sys, time
import billiard
from billiard.process import current_process
from kr_ru_platform.celery import end_without_worker

def child(result):
    if sys.argv[1] == "killed":
        while os.getppid() == current_process()._parent_pid:
            time.sleep(0.01)
    end_without_worker()
    with open(result, "w") as file:
        file.write("goes on")

process = billiard.Process(target=child, args=(sys.argv[2],))
process.start()
print(process.pid, flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
process.join()
"""


def pool_process(worker: str, result: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", ORPHAN, worker, str(result)], capture_output=True, text=True)
    pid = int(ran.stdout)
    while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
        time.sleep(0.02)


def test_pool_process_ends_when_its_worker_died_before_it_began(tmp_path: Path) -> None:
    pool_process("killed", tmp_path / "killed")
    pool_process("living", tmp_path / "living")
    assert sorted(os.listdir(tmp_path)) == ["living"]
