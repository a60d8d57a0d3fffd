"""Where the embedded services keep their data, sockets and logs."""

import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

BASE_DIR = Path(__file__).resolve().parents[2]
# A socket address holds 107 bytes on Linux, 103 on macOS; the longest name here is .s.PGSQL.5432.lock.
LONGEST_SOCKET_FOLDER = 80
PORT = 5432


class ServiceError(Exception):
    """A service cannot run; the message is meant for the person at the terminal."""


def reachable(folder: Path) -> bool:
    """Whether anybody may enter this folder."""
    return all(part.stat().st_mode & 0o001 for part in [folder, *folder.parents] if part.exists())


@dataclass(frozen=True)
class Layout:
    data_dir: Path

    @classmethod
    def from_environment(cls) -> "Layout":
        # Not resolved through the settings: this runs before they are read.
        return cls(Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").resolve())

    def create(self) -> None:
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            for folder in (self.valkey, self.log, self.data_dir / "mail", self.data_dir / "media"):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise ServiceError(f"The data folder {self.data_dir} cannot be used: {error.strerror}.") from error
        self._create_sockets_folder()

    def _create_sockets_folder(self) -> None:
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = self.sockets.lstat()
        ours = {os.geteuid(), 65534} if os.geteuid() == 0 else {os.geteuid()}
        # It may lie in the shared folder for temporary files, where anybody could have made it first.
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in ours:
            raise ServiceError(f"{self.sockets} belongs to somebody else; remove it.")
        self.sockets.chmod(0o700)

    @property
    def postgres(self) -> Path:
        return self.data_dir / "pg"

    @property
    def valkey(self) -> Path:
        return self.data_dir / "valkey"

    @property
    def log(self) -> Path:
        return self.data_dir / "log"

    @property
    def sockets(self) -> Path:
        """In the data folder, unless its name is too long or would need escapes in an address.

        Nor when only root can enter it, because root's PostgreSQL may have to run as nobody.
        """
        folder = self.data_dir / "run"
        is_short = len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
        is_plain = re.fullmatch(r"[\w./-]+", str(folder), re.ASCII)
        if is_short and is_plain and (os.geteuid() != 0 or reachable(self.data_dir)):
            return folder
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def redis_url(self) -> str:
        return f"redis+socket://{self.valkey_socket}?virtual_host=0"

    def database_url(self, name: str = "portal") -> str:
        # User and port are named, so that PGUSER or PGPORT of the caller's environment change nothing.
        return f"postgres://postgres@:{PORT}/{quote(str(self.sockets))}/{name}"
