"""A demonstration sends no mail: each one is a file."""

import pytest
from django.core import mail

from kr_ru_platform.running.mail.mail_sending import send_waiting

pytestmark = pytest.mark.django_db


def test_each_mail_is_a_file_of_its_own(settings, tmp_path) -> None:
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for number in range(3):
        mail.send_mail(f"No. {number}", "{{7*7}}", None, ["reader@example.org"])
    assert send_waiting() == 3
    texts = [path.read_text() for path in (tmp_path / "mail").iterdir()]
    assert sorted(text.count("Subject: No.") for text in texts) == [1, 1, 1]
    assert all("{{7*7}}" in text for text in texts)
