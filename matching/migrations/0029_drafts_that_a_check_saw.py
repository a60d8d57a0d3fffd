from typing import Any

from django.db import migrations, models


def check_again(apps: Any, _schema_editor: Any) -> None:
    """What was checked before has not said which drafts would be published with the file."""
    apps.get_model("matching", "TechnologyImport").objects.filter(state="checked").update(state="uploaded")


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0028_holders_that_a_check_listed"),
    ]

    operations = [
        migrations.AddField(
            model_name="technologyimport",
            name="seen_drafts",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.RunPython(check_again, migrations.RunPython.noop),
    ]
