import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kr_ru_platform.embedded import postgres, rootless
from kr_ru_platform.embedded.layout import Layout

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


@pytest.fixture
def reachable_folder() -> Iterator[Path]:
    """pytest's own folders are for their user alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_root_without_user_namespaces_runs_it_as_nobody(
    server: Layout, reachable_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_NO_USER_NAMESPACE", "1")
    monkeypatch.setattr(rootless, "SHARED", reachable_folder)
    child = postgres.start(server, durable=False)
    try:
        assert Path(f"/proc/{child.process.pid}").stat().st_uid == 65534
        assert postgres.is_ready(server, "portal")
    finally:
        child.stop(postgres.STOP)
    monkeypatch.delenv("PORTAL_NO_USER_NAMESPACE")
    child = postgres.start(server, durable=False)
    child.stop(postgres.STOP)
