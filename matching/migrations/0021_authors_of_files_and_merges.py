from typing import Any

from django.conf import settings
from django.db import migrations, models


def note_authors(apps: Any, _schema_editor: Any) -> None:
    """The last one who said it is known of each file; a mapping is of all who said it for files of its sender."""
    read = apps.get_model("matching", "TechnologyImport").objects.exclude(reading_by=None)
    mappings = apps.get_model("matching", "ImportMapping").objects
    for row in read:
        row.reading_authors.add(row.reading_by_id)
        for mapping in mappings.filter(sender=row.uploaded_by_id):
            mapping.authors.add(row.reading_by_id)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("matching", "0020_titles_that_were_public"),
    ]

    operations = [
        migrations.AddField(
            model_name="technologyimport",
            name="reading_authors",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="importmapping",
            name="authors",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="technologymerge",
            name="authors",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(note_authors, migrations.RunPython.noop),
        migrations.RemoveField(model_name="technologyimport", name="reading_by"),
    ]
