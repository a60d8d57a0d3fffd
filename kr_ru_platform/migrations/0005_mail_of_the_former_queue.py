"""Mail that waited in the tables of django-post-office when the portal was upgraded is sent after all.

The tables then go: they hold addresses, and links that open accounts, and nobody would ever empty them. There is no way
back for them; an older release makes them again, empty.
"""

import uuid
from email.utils import getaddresses

from django.db import migrations
from django.utils import timezone

TABLES = (
    "post_office_attachment_emails",
    "post_office_attachment",
    "post_office_log",
    "post_office_email",
    "post_office_emailtemplate",
)
# Queued, and to be tried again; all of it is finished text, because the portal never queued a template.
WAITING = """
SELECT "to", cc, bcc, from_email, subject, message, html_message FROM post_office_email
 WHERE status IN (2, 3) AND template_id IS NULL ORDER BY id
"""
AT_ONCE = 500


def move_waiting_mail(apps, schema_editor):
    connection = schema_editor.connection
    if "post_office_email" not in connection.introspection.table_names():
        return
    mails = apps.get_model("kr_ru_platform", "Mail").objects
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        while rows := cursor.fetchmany(AT_ONCE):
            mails.bulk_create(mail for row in rows for mail in mails_of(mails.model, *row))
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")


def mails_of(model, to, cc, bcc, sender, subject, body, html):
    """One for each receiver, as the portal's own queue makes them."""
    addresses = dict.fromkeys(address for _name, address in getaddresses([text for text in (to, cc, bcc) if text]) if address)
    for address in addresses:
        yield model(
            receiver=address,
            sender=sender,
            subject=" ".join(subject.split()),
            body=body,
            html=html,
            headers={"Auto-Submitted": "auto-generated"},
            message_id=f"<{uuid.uuid4().hex}@{sender.rpartition('@')[2].strip('<> ') or 'localhost'}>",
            due_at=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("kr_ru_platform", "0004_search_keys")]

    operations = [migrations.RunPython(move_waiting_mail, migrations.RunPython.noop)]
