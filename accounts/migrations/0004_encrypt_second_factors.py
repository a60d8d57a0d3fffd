from django.db import migrations

from accounts.factor_secrets import encrypted_data


def encrypt(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.iterator():
        row.data = encrypted_data(row.data)
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_and_closing"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop, elidable=True)]
