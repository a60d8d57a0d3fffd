import pytest
from django.core import mail
from django.utils.translation import get_language, override

from kr_ru_platform.models import Mail
from kr_ru_platform.running.mail.letters import NotYetAUser, link_to, send_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_queued(settings) -> None:
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"


@pytest.mark.parametrize(
    ("language", "sender"),
    [
        ("en", "Korea–Russia innovation centre <portal@example.org>"),
        ("ko", "한러혁신센터 <portal@example.org>"),
        ("ru", "Корейско-российский инновационный центр <portal@example.org>"),
    ],
)
def test_first_line_is_the_subject_and_the_centre_sends_under_its_name(settings, language, sender) -> None:
    settings.DEFAULT_FROM_EMAIL = "Centre <portal@example.org>"
    context = {"organisation": "㈜동양기지", "person": "Lee", "link": "https://portal.example.org/my/organisation/"}
    receiver = NotYetAUser("park@example.org", language)
    send_letter(receiver, template="accounts/mail/join_confirmed.txt", context=lambda: context)
    message = Mail.objects.get()
    assert (message.receiver, message.sender) == ("park@example.org", sender)
    assert "㈜동양기지" in message.subject and "Lee" in message.body
    assert message.body.endswith("https://portal.example.org/my/organisation/\n")


def test_what_a_letter_tells_is_asked_for_in_the_receivers_language() -> None:
    template, asked_in = "accounts/mail/join_confirmed.txt", []

    def context() -> dict[str, str]:
        asked_in.append(get_language())
        return {"organisation": "Firm", "person": "Lee"}

    with override("ko"):
        send_letter(NotYetAUser("park@example.org", "ru"), template=template, context=context)
    assert asked_in == ["ru"]


def test_closed_accounts_get_no_letter() -> None:
    send_letter(NotYetAUser("x@Closed.INVALID", "en"), template="accounts/mail/join_confirmed.txt", context=dict)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("end_of_line", ["\r", "\u2028", "\x0b", "\r\n"])
def test_a_name_begins_no_other_header_and_no_other_line(end_of_line: str) -> None:
    context = {"organisation": f"Firm{end_of_line}Bcc: everybody@example.org", "person": f"Lee{end_of_line}Kim"}
    receiver = NotYetAUser("park@example.org", "en")
    send_letter(receiver, template="accounts/mail/join_confirmed.txt", context=lambda: context)
    message = Mail.objects.get()
    assert message.subject.endswith("You now act for Firm Bcc: everybody@example.org")
    assert message.body.startswith("Lee Kim has confirmed that you belong to Firm Bcc: everybody@example.org.")


@pytest.mark.parametrize(("asked", "replies"), [("", "portal@localhost"), ("office@example.org", "office@example.org")])
def test_answers_go_to_the_centre_and_robots_do_not_answer(settings, asked, replies) -> None:
    settings.CENTRE_EMAIL = asked
    settings.PUBLIC_BASE_URL = "https://portal.example.org:8443/x"
    mail.send_mail("s", "b", None, ["park@example.org"])
    message = Mail.objects.get()
    assert message.headers == {"Auto-Submitted": "auto-generated", "Reply-To": replies}
    assert message.message_id.endswith("@portal.example.org>")


def test_each_receiver_gets_an_own_copy() -> None:
    odd = '"a,victim@example.org,b"@example.org'
    mail.send_mail("s", "b", None, ["park@example.org", odd, "park@example.org"])
    assert list(Mail.objects.values_list("receiver", flat=True)) == ["park@example.org", odd]


def test_mail_with_another_text_for_html_keeps_both() -> None:
    mail.send_mail("s", "plain {{7*7}}", None, ["park@example.org"], html_message="<b>{% y %}</b>")
    assert Mail.objects.values_list("body", "html").get() == ("plain {{7*7}}", "<b>{% y %}</b>")


def test_mail_falls_with_the_transaction_that_it_tells_about(settings) -> None:
    from django.db import transaction

    with pytest.raises(ValueError), transaction.atomic():
        mail.send_mail("s", "b", None, ["park@example.org"])
        raise ValueError
    assert not Mail.objects.exists()


def test_link_leads_to_the_public_address(settings) -> None:
    settings.PUBLIC_BASE_URL = "https://portal.example.org/"
    assert link_to("match_request_detail", 7) == "https://portal.example.org/requests/7/"
