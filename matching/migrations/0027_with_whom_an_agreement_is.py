from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def note_other_parties(apps: Any, _schema_editor: Any) -> None:
    """Agreements that were signed when the technology had another holder than at the introduction are with that one."""
    versions = apps.get_model("matching", "HistoricalTechnology").objects
    there = set(apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True))
    rows = apps.get_model("matching", "Introduction").objects.exclude(nda_signed_on=None)
    for row in rows.select_related("match_request"):
        told = versions.filter(
            id=row.signed_for_id or row.match_request.technology_id, history_date__date__lte=row.nda_signed_on
        )
        then = told.order_by("-history_date", "-history_id").values_list("holder_id", flat=True).first()
        if then in there and then != row.holder_id:
            row.signed_with_id = then
            row.save(update_fields=["signed_with"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_answers_name_what_they_saw"),
        ("matching", "0026_sentences_of_needs"),
    ]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="signed_with",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="agreement with",
            ),
        ),
        migrations.RunPython(note_other_parties, migrations.RunPython.noop),
    ]
