"""The code by which somebody shows that an address is theirs."""

import re

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def code_in(message: EmailMessage) -> str:
    """It stands alone on its line."""
    (code,) = re.findall(r"^\d{8}$", message.body, re.MULTILINE)
    return code


def type_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("account_email_verification_sent"), {"code": code})
