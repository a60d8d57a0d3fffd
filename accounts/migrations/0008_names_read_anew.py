"""Keys of names are made with the one folding of the portal; those made before it are made again."""

from django.db import migrations

from accounts.names.name_keys import name_keys


def make_keys(apps, schema_editor):
    organisations = apps.get_model("accounts", "Organisation")
    for row in organisations.objects.iterator():
        organisations.objects.filter(pk=row.pk).update(name_keys=name_keys(row.name_ko, row.name_ru, row.name_en))
    aliases = apps.get_model("accounts", "OrganisationAlias")
    for row in aliases.objects.iterator():
        aliases.objects.filter(pk=row.pk).update(name_keys=name_keys(row.name))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_invitations_that_end"), ("kr_ru_platform", "0004_search_keys")]

    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
