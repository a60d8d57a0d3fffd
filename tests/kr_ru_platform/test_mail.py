import pytest
from django.core import mail
from django.utils.translation import override

from kr_ru_platform.mail import link_to, send_text


def test_first_line_is_the_subject_under_the_portals_name(settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Centre <portal@example.org>"
    context = {"organisation": "㈜동양기지", "person": "Lee", "link": "https://portal.example.org/my/organisation/"}
    with override("en"):
        send_text(template="accounts/email/join_confirmed.txt", email="park@example.org", context=context)
    (message,) = mail.outbox
    assert (message.to, message.from_email) == (["park@example.org"], "Centre <portal@example.org>")
    assert message.subject == "[Korea–Russia Technology Matching] You now act for ㈜동양기지"
    assert message.body.startswith("Lee has confirmed")
    assert message.body.endswith("https://portal.example.org/my/organisation/\n")


@pytest.mark.parametrize("end_of_line", ["\r", "\u2028", "\x0b"])
def test_a_name_begins_no_other_header(end_of_line: str) -> None:
    context = {"organisation": f"Firm{end_of_line}Bcc: everybody@example.org"}
    with override("en"):
        send_text(template="accounts/email/join_confirmed.txt", email="park@example.org", context=context)
    assert mail.outbox[0].subject.endswith("You now act for Firm Bcc: everybody@example.org")


def test_link_leads_to_the_public_address(settings) -> None:
    settings.PUBLIC_BASE_URL = "https://portal.example.org/"
    assert link_to("match_request_detail", 7) == "https://portal.example.org/requests/7/"
