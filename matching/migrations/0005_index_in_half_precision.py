"""Vectors in half precision, whole texts in a table of their own, words as numbers.

The index is derived: it is emptied here and the worker makes it again from the texts. What the
needs were compared with is forgotten too, so that they are compared once more when it is there.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgvector.django.halfvec
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0004_feedback'),
    ]

    operations = [
        migrations.RunSQL(
            """
            TRUNCATE matching_indexrecord CASCADE;
            TRUNCATE matching_embeddingspace;
            DELETE FROM matching_scoringrecord WHERE technology_id IS NOT NULL;
            UPDATE matching_scoringrecord SET scorer_version = '';
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name='indexrecord',
            name='term_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
        ),
        migrations.AlterField(
            model_name='passage',
            name='vector',
            field=pgvector.django.halfvec.HalfVectorField(),
        ),
        migrations.CreateModel(
            name='WholeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ko', 'Korean'), ('ru', 'Russian'), ('en', 'English')], max_length=2)),
                ('audience', models.PositiveSmallIntegerField(choices=[(0, 'Public'), (1, 'Members'), (2, 'After a non-disclosure agreement'), (3, 'Centre staff')])),
                ('text_hash', models.CharField(max_length=32)),
                ('vector', pgvector.django.halfvec.HalfVectorField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wholes', to='matching.indexrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'language', 'audience'), name='whole_text_is_one_per_language_and_audience')],
            },
        ),
        # A scan over vectors is fast only while they lie in the rows themselves; the texts go elsewhere.
        migrations.RunSQL(
            """
            ALTER TABLE matching_wholetext ALTER COLUMN vector SET STORAGE MAIN;
            ALTER TABLE matching_passage ALTER COLUMN vector SET STORAGE MAIN;
            """,
            migrations.RunSQL.noop,
        ),
    ]
