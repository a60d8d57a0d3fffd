"""What gets into an image, and into the repository: never data, back-ups or secrets."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([a-z0-9-]+)==([^\s;\\]+)", re.MULTILINE)
# What lies about in a checkout that runs, and what the documented back-up and restore leave there.
NEVER = [
    ".env",
    ".env.production",
    ".data",
    ".data-old",
    ".data.bak",
    "portal.tar.gz",
    "backup.dump",
    "b.age",
    "backups",
]


def test_dockerignore_is_a_list_of_what_is_allowed() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    allowed = {line[1:] for line in lines if line.startswith("!")}
    assert lines[0] == "*"
    # Nothing with a wildcard, and nothing that is kept out of the repository, but for the folder of packages.
    assert not [name for name in allowed if "*" in name]
    assert allowed - {"wheelhouse"} == {name for name in allowed if (ROOT / name).exists()} - {"wheelhouse"}
    assert not allowed & set(NEVER)


@pytest.mark.parametrize("name", NEVER)
def test_data_and_backups_are_not_committed_by_accident(name: str) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no repository here")
    answer = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", name], cwd=ROOT)
    assert answer.returncode == 0


def test_lock_file_holds_the_versions_of_the_constraints_with_hashes() -> None:
    """After a change of either: make lock."""
    locked = dict(PINNED.findall((ROOT / "requirements.lock").read_text()))
    constrained: dict[str, set[str]] = {}
    for name, version in PINNED.findall((ROOT / "constraints.txt").read_text()):
        constrained.setdefault(name, set()).add(version)
    assert {name: version for name, version in locked.items() if version not in constrained.get(name, set())} == {}
    project = (ROOT / "pyproject.toml").read_text().partition("dependencies = [")[2].partition("]\n")[0]
    wanted = {re.split(r"[\[<>=]", name)[0] for name in re.findall(r'^\s*"([a-z0-9-]+[^"]*)"', project, re.MULTILINE)}
    assert wanted - set(locked) == set()
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_lock_file_names_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text()
