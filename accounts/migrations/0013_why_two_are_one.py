from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_answers_name_what_they_saw"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisationmerge",
            name="reason",
            field=models.TextField(blank=True, max_length=1000, verbose_name="reason"),
        ),
    ]
