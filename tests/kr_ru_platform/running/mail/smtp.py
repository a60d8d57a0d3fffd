"""A real mail server for tests, which is slow, refuses or is waited for as the test says."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

Answer = Callable[[EmailMessage], str | float]


class MailServer:
    """`answer` tells for each mail how long the server thinks (a number) or what it says (a text)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.taken: list[EmailMessage] = []
        self.is_thinking = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        answer = self.answer(message)
        if isinstance(answer, str):
            return answer
        self.taken.append(message)
        if answer:
            self.is_thinking.set()
            await asyncio.sleep(answer)
        return "250 OK"

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.taken]


@contextmanager
def running_mail_server(settings: Any, answer: Answer = lambda message: 0.0) -> Iterator[MailServer]:
    """The portal's mail goes to it."""
    handler = MailServer(answer)
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    try:
        yield handler
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
