from django.db import migrations

from accounts.signing_in.factor_secrets import FIELDS, LISTS, decrypt, encrypted_data


def encrypt(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.iterator():
        row.data = encrypted_data(row.data)
        row.save(update_fields=["data"])


def write_in_clear(apps, schema_editor):
    """An older release reads nothing else: with encrypted secrets nobody could log in to it."""
    for row in apps.get_model("mfa", "Authenticator").objects.iterator():
        data = row.data
        clear = {name: decrypt(data[name]) for name in FIELDS if name in data}
        clear |= {name: [decrypt(code) for code in data[name]] for name in LISTS if name in data}
        row.data = data | clear
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_and_closing"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(encrypt, write_in_clear, elidable=True)]
