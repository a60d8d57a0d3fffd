from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matching", "0022_indexes_of_near_vectors")]

    operations = [
        migrations.AddField(
            model_name="technologyimport",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="revision"),
        ),
    ]
