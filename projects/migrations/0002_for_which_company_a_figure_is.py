from typing import Any

import django.db.models.deletion
from django.db import migrations, models

REPORTING_ROLES = ["lead", "participant", "demand"]


def note_companies(apps: Any, _schema_editor: Any) -> None:
    """The one company of the task to which the reporter belonged by then; nobody's where that is not certain."""
    memberships = apps.get_model("accounts", "Membership").objects.filter(state="active")
    partners = apps.get_model("projects", "TaskPartner").objects.filter(role__in=REPORTING_ROLES)
    for outcome in apps.get_model("projects", "Outcome").objects.exclude(reported_by=None):
        of_task = partners.filter(research_task=outcome.research_task_id).values("organisation")
        belonged = memberships.filter(user=outcome.reported_by_id, created_at__lte=outcome.created_at)
        companies = set(belonged.filter(organisation__in=of_task).values_list("organisation_id", flat=True))
        if len(companies) == 1:
            outcome.reported_for_id = companies.pop()
            outcome.save(update_fields=["reported_for"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_answers_name_what_they_saw"),
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaloutcome",
            name="reported_for",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.organisation",
                verbose_name="reported for",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="reported_for",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.organisation",
                verbose_name="reported for",
            ),
        ),
        migrations.RunPython(note_companies, migrations.RunPython.noop),
    ]
