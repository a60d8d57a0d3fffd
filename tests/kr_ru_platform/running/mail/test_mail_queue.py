import pytest
from django.core.mail import send_mail

from kr_ru_platform.models import Mail

pytestmark = pytest.mark.django_db


def test_nobody_is_written_to_at_an_address_that_does_not_exist(settings):
    """Whoever asks for it: a closed account has such an address, and a stranger can type one."""
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    send_mail("Subject", "Body", None, ["closed-52@closed.invalid", "Closed <CLOSED-53@closed.INVALID>", "a@b.org"])
    assert list(Mail.objects.values_list("receiver", flat=True)) == ["a@b.org"]
