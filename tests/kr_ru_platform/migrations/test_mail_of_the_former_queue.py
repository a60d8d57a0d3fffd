"""Mail that waited when the portal was upgraded from a release that queued it with django-post-office."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from kr_ru_platform.models import Mail

move = import_module("kr_ru_platform.migrations.0005_mail_of_the_former_queue").move_waiting_mail

FORMER = """
CREATE TABLE post_office_email (
    id serial PRIMARY KEY, "to" text NOT NULL, cc text NOT NULL, bcc text NOT NULL, from_email text NOT NULL,
    subject text NOT NULL, message text NOT NULL, html_message text NOT NULL, status smallint, template_id integer
);
CREATE TABLE post_office_log (id serial PRIMARY KEY, email_id integer REFERENCES post_office_email (id));
INSERT INTO post_office_email ("to", cc, bcc, from_email, subject, message, html_message, status) VALUES
    ('sme@example.org', '', '', 'portal@example.org', '접수', '{{ 1 }}', '', 2),
    ('a@example.org, b@example.org', 'a@example.org', '', 'Centre <portal@example.org>', 'Заявка', 'text', '', 3),
    ('sent@example.org', '', '', 'portal@example.org', 'sent', 'text', '', 0),
    ('failed@example.org', '', '', 'portal@example.org', 'failed', 'text', '', 1);
INSERT INTO post_office_log (email_id) VALUES (3);
"""


@pytest.mark.django_db
def test_waiting_mail_of_the_former_queue_waits_in_ours_and_its_tables_are_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FORMER)
    with connection.schema_editor() as editor:
        move(apps, editor)
    assert list(Mail.objects.order_by("pk").values_list("receiver", "sender", "subject", "body", "state")) == [
        ("sme@example.org", "portal@example.org", "접수", "{{ 1 }}", "waiting"),
        ("a@example.org", "Centre <portal@example.org>", "Заявка", "text", "waiting"),
        ("b@example.org", "Centre <portal@example.org>", "Заявка", "text", "waiting"),
    ]
    assert [name for name in connection.introspection.table_names() if name.startswith("post_office")] == []


@pytest.mark.django_db
def test_a_new_installation_has_nothing_to_move() -> None:
    with connection.schema_editor() as editor:
        move(apps, editor)
    assert not Mail.objects.exists()
