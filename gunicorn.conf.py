"""Read by gunicorn from the folder it is started in."""

import threading


def post_worker_init(worker: object) -> None:
    """The first person to search must not wait until the encoder is loaded."""
    from matching.embedding import warm_up  # noqa: PLC0415 - Django is set up only now

    threading.Thread(target=warm_up, daemon=True).start()
