"""What people type stands in every mail as they typed it: nothing is compiled, no line becomes a header."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

import pytest
from django.core import mail
from django.utils.translation import gettext, override

from accounts.models import Organisation
from kr_ru_platform.models import Mail
from kr_ru_platform.running.mail.mail_sending import send_waiting
from kr_ru_platform.words.lines import many_lines, one_line
from tests.factories.membership import MembershipFactory
from tests.factories.user import UserFactory
from tests.house import mails
from tests.house.mails import MAILS, READER, templates_of_mails
from tests.house.messages import ROOT

pytestmark = pytest.mark.django_db

OWN_WAYS = r"\b(send_mail|send_mass_mail|mail_admins|EmailMessage|EmailMultiAlternatives)\("
NAME, BODY = "NAMEMARK", "BODYMARK"
TYPED = [
    "{{7*7}}",
    "{% y %}",
    "{% lorem 9 %}",
    '{{ "Win"|add:"://win.example" }}',
    "{% for a in b %}",
    "{# gone #}{{",
    "%s %(person)s %",
    "<b>&'\"</b>",
    "First\nBcc: everybody@example.org",
    "First\r\n\r\nSecond",
    "First\rReply-To: x@example.org",
    "First\u2028Second\x0bThird\x85Fourth",
    "\u202egro.elpmaxe\u202c \u2066x\u2069",
    "bell\x07 escape\x1b[31m zero\u200bwidth",
]
HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Content-Transfer-Encoding",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Reply-To",
    "Auto-Submitted",
}


@pytest.fixture(autouse=True)
def mail_is_queued(settings) -> None:
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    settings.PUBLIC_BASE_URL = "https://portal.example.org"


def delivered(template: str, name: str, body: str, language: str = "en") -> Message:
    """The mail as the reader's server gets it."""
    reader = UserFactory(email=READER, language=language, full_name="Reader")
    Mail.objects.all().delete()
    mail.outbox.clear()
    MAILS[template](name, body, reader)
    send_waiting()
    (message,) = [message for message in mail.outbox if message.to == [READER]]
    # Each writing has rows of its own.
    reader.delete() if not reader.memberships.exists() else reader.memberships.all().delete()
    type(reader).objects.filter(email=READER).update(email=f"was{reader.pk}@example.org")
    return message_from_bytes(message.message().as_bytes())


def header(message: Message, name: str) -> str:
    return str(make_header(decode_header(message[name])))


def content(message: Message) -> str:
    return message.get_payload(decode=True).decode()


def text_of(message: Message) -> str:
    """Without what differs each time."""
    return re.sub(r"/\d+/|person\d+@", "·", content(message))


def test_every_mail_is_in_the_list() -> None:
    assert templates_of_mails() == set(MAILS)


def test_mails_are_written_in_one_place_only() -> None:
    """Whoever writes to people by another way escapes the tests of this file."""
    other = [
        str(path.relative_to(ROOT))
        for app in ("accounts", "kr_ru_platform", "matching", "projects")
        for path in (ROOT / app).rglob("*.py")
        if re.search(
            r"\b(send_mail|send_mass_mail|mail_admins|EmailMessage|EmailMultiAlternatives|Letter)\(", path.read_text()
        )
    ]
    own = [
        "accounts/signing_in/adapter.py",
        "kr_ru_platform/running/mail/letters.py",
        "kr_ru_platform/running/mail/mail_queue.py",
    ]
    assert sorted(other) == own


@pytest.mark.parametrize("template", sorted(MAILS))
def test_typed_text_is_delivered_as_it_was_typed(template: str) -> None:
    plain = delivered(template, NAME, BODY)
    for typed in TYPED:
        message = delivered(template, typed, typed)
        assert set(message.keys()) <= HEADERS
        assert message["To"] == READER
        assert header(message, "Subject") == header(plain, "Subject").replace(NAME, one_line(typed))
        wanted = text_of(plain).replace(NAME, one_line(typed)).replace(BODY, many_lines(typed, 1000))
        assert text_of(message) == wanted


@pytest.mark.parametrize("template", sorted(MAILS))
def test_long_names_break_nothing(template: str) -> None:
    name, body = "가나다라마바사아자차" * 30, "글" * 30_000
    message = delivered(template, name, body, "ko")
    assert len(header(message, "Subject")) <= 200
    assert len(content(message)) < 25_000
    assert max(len(line) for line in message.as_bytes().splitlines()) < 998


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
@pytest.mark.parametrize("template", sorted(MAILS))
def test_mail_is_in_the_readers_language(template: str, language: str) -> None:
    with override("en" if language == "ko" else "ko"):
        message = delivered(template, NAME, BODY, language)
    with override(language):
        centre, portal = gettext("Korea–Russia innovation centre"), gettext("Korea–Russia Technology Matching")
    assert header(message, "From") == f"{centre} <portal@localhost>"
    assert header(message, "Subject").startswith(f"[{portal}] ")
    words = re.sub(r"https?://\S+|\S+@\S+|NAMEMARK|BODYMARK|\bTRL\b|\bIP\b", "", content(message))
    foreign = {"ko": "[A-Za-zА-Яа-я]{2,}", "ru": "[A-Za-z가-힣]{2,}", "en": "[А-Яа-я가-힣]"}[language]
    assert re.findall(foreign, words.replace("portal.example.org", "")) == []


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
@pytest.mark.parametrize("template", sorted(name for name in MAILS if name.startswith(("accounts", "matching"))))
def test_names_stand_in_the_readers_language(template: str, language: str, monkeypatch) -> None:
    """Whoever decides reads the portal in another one."""
    names = {"ko": "가온정밀", "ru": "Гамма", "en": "Gamma"}

    def organisation_named(_name: str) -> Organisation:
        fields = {f"organisation__name_{one}": name for one, name in names.items()}
        return MembershipFactory(**fields, organisation__is_name_masked=False).organisation

    monkeypatch.setattr(mails, "organisation_named", organisation_named)
    monkeypatch.setattr(Organisation, "public_name", property(lambda organisation: organisation.name))
    with override("en" if language == "ko" else "ko"):
        message = delivered(template, NAME, BODY, language)
    text = header(message, "Subject") + content(message)
    assert [name for one, name in names.items() if one != language and name in text] == []


@pytest.mark.parametrize("template", sorted(MAILS))
def test_every_mail_says_whose_it_is_and_where_to_answer(template: str) -> None:
    message = delivered(template, NAME, BODY)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "portal@localhost"
    assert message["Message-ID"].endswith("@portal.example.org>")
    links = re.findall(r"https?://[^/\s]+", content(message))
    assert set(links) <= {"https://portal.example.org"}
