from typing import Any

from django.db import migrations, models


def check_again(apps: Any, _schema_editor: Any) -> None:
    """What was checked before has listed nothing that the import could be held to."""
    apps.get_model("matching", "TechnologyImport").objects.filter(state="checked").update(state="uploaded")


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0027_with_whom_an_agreement_is"),
    ]

    operations = [
        migrations.AddField(
            model_name="technologyimport",
            name="listed_holders",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.RunPython(check_again, migrations.RunPython.noop),
    ]
