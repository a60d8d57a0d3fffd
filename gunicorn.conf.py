"""Read by gunicorn from the folder it is started in."""

import os
import sys
import threading
from typing import Any


def on_starting(server: Any) -> None:
    """Local mode listens to this machine alone, also where gunicorn is started by hand."""
    from kr_ru_platform.embedded import local_mode  # noqa: PLC0415 - found only from the folder that gunicorn enters
    from kr_ru_platform.embedded.layout import ServiceError  # noqa: PLC0415

    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        return
    try:
        # The name of a Unix socket is no host.
        local_mode.refuse_network(address[0] for address in server.cfg.address if isinstance(address, tuple))
    except ServiceError as error:
        sys.exit(str(error))


def post_worker_init(worker: object) -> None:
    """The first person to search must not wait until the encoder is loaded."""
    from matching.domain.index.warming_up import warm_up  # noqa: PLC0415 - Django is set up only now

    threading.Thread(target=warm_up, daemon=True).start()
