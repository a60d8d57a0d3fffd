"""Addresses in one spelling; closed accounts that got one again, because a code was typed too late, lose it."""

from django.db import migrations

from kr_ru_platform.words.reading.folding import fold_email

CLOSED = "@closed.invalid"


def spell_alike(apps, schema_editor):
    """Who has the address in its spelling already keeps it; the other row is left for a person to look at."""
    own = [
        ("accounts", "User", ()),
        ("accounts", "Invitation", ("organisation_id",)),
        ("account", "EmailAddress", ("user_id",)),
    ]
    for app, name, others in own:
        rows = apps.get_model(app, name).objects
        for row in list(rows.all()):
            email = fold_email(row.email)
            same = {other: getattr(row, other) for other in others}
            if email != row.email and not rows.filter(email=email, **same).exclude(pk=row.pk).exists():
                rows.filter(pk=row.pk).update(email=email)


def close_again(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects
    for user in users.filter(is_closed=True).exclude(email__endswith=CLOSED):
        apps.get_model("account", "EmailAddress").objects.filter(user_id=user.pk).delete()
        users.filter(pk=user.pk).update(email=f"closed-{user.pk}{CLOSED}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_names_wait_by_person"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [
        migrations.RunPython(spell_alike, migrations.RunPython.noop),
        migrations.RunPython(close_again, migrations.RunPython.noop),
    ]
