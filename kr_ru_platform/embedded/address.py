"""Where the web server listens: HOST and PORT."""

import errno
import os
import socket
import time
from dataclasses import dataclass

from kr_ru_platform.embedded.layout import ServiceError


@dataclass(frozen=True)
class WebAddress:
    host: str
    port: int

    @classmethod
    def from_environment(cls) -> "WebAddress":
        text = os.environ.get("PORT") or "8000"
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise ServiceError(f"PORT must be a number from 1 to 65535, not {text!r}.")
        return cls(os.environ.get("HOST") or "127.0.0.1", int(text))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def local_url(self) -> str:
        """From this machine; "every address" is no address to ask."""
        local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{WebAddress(local, self.port)}"

    def check_free(self, patience: float) -> None:
        """Patient after a crash, when the old web server is still on its way out."""
        deadline = time.monotonic() + patience
        while error := self._bind_error():
            if error.errno != errno.EADDRINUSE:
                raise ServiceError(f"Cannot listen on {self}: {error.strerror}.")
            if time.monotonic() > deadline:
                raise ServiceError(f"Port {self.port} is in use by another program. Choose another: make run PORT=8001")
            time.sleep(0.2)

    def _bind_error(self) -> OSError | None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                return error
        return None
