"""PostgreSQL extensions, apart from the tables so that the tables' migration can be made anew."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from pgvector.django import VectorExtension


class Migration(migrations.Migration):
    dependencies = []

    operations = [VectorExtension(), TrigramExtension()]
