"""The function that lists are searched by; what it does stands in kr_ru_platform/words/looking_up.py."""

from django.db import migrations

from kr_ru_platform.words.looking_up import FUNCTION, sql_of_function


class Migration(migrations.Migration):
    dependencies = [("kr_ru_platform", "0003_kept_forms")]

    operations = [migrations.RunSQL(sql_of_function(), f"DROP FUNCTION IF EXISTS {FUNCTION}(text)")]
