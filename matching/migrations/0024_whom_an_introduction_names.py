from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def note_parties(apps: Any, _schema_editor: Any) -> None:
    """Whom each introduction was to: who held the technology then, as far as that record is still there."""
    versions = apps.get_model("matching", "HistoricalTechnology").objects
    there = set(apps.get_model("accounts", "Organisation").objects.values_list("pk", flat=True))
    rows = apps.get_model("matching", "Introduction").objects.select_related("match_request__technology")
    for row in rows.select_related("match_request__match"):
        request = row.match_request
        told = versions.filter(id=request.technology_id, history_date__lte=row.created_at)
        then = told.order_by("-history_date", "-history_id").values_list("holder_id", flat=True).first()
        row.holder_id = then if then in there else request.technology.holder_id
        # A match stays with its record: so it tells of which one a request was before the merge that moved it.
        if row.nda_signed_on and request.match and request.match.technology_id != request.technology_id:
            row.signed_for_id = request.match.technology_id
        row.save(update_fields=["holder", "signed_for"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_names_wait_by_person"),
        ("matching", "0023_decisions_name_what_they_saw"),
    ]

    operations = [
        migrations.AddField(
            model_name="introduction",
            name="holder",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="holder",
            ),
        ),
        migrations.AddField(
            model_name="introduction",
            name="signed_for",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matching.technology",
                verbose_name="signed for",
            ),
        ),
        migrations.RunPython(note_parties, migrations.RunPython.noop),
    ]
