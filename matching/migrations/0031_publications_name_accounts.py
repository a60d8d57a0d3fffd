import re
from collections import defaultdict
from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

ADDRESS = re.compile(r"[^\s@,]+@[^\s@,]+")


def note_accounts(apps: Any, _schema_editor: Any) -> None:
    """A name that one account alone has, or has had before it was closed, is that one's; others stay as words.

    What a closed account keeps apart is a name and no address.
    """
    whose = defaultdict(set)
    for pk, email, name in apps.get_model("accounts", "User").objects.values_list("pk", "email", "full_name"):
        whose[email].add(pk)
        whose[name].add(pk)
    closed = apps.get_model("accounts", "ClosedAccount").objects
    for pk, name in closed.values_list("user", "full_name"):
        whose[name].add(pk)
    for row in apps.get_model("matching", "Publication").objects.exclude(other_names=""):
        names = row.other_names.split(", ")
        found = {name: whose[name] for name in names if len(whose[name]) == 1}
        row.proposers = sorted(set().union(*found.values()))
        # An address that is nobody's any more is a closed account's.
        row.other_names = ", ".join(name for name in names if name not in found and not ADDRESS.fullmatch(name))
        row.save(update_fields=["proposers", "other_names"])
    for row in closed.filter(full_name__contains="@"):
        if ADDRESS.fullmatch(row.full_name):
            row.full_name = ""
            row.save(update_fields=["full_name"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_why_two_are_one"),
        ("matching", "0030_who_autosaved_last"),
    ]

    operations = [
        migrations.RenameField("publication", "proposed_by", "other_names"),
        migrations.AddField(
            model_name="publication",
            name="proposers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.RunPython(note_accounts, migrations.RunPython.noop),
    ]
