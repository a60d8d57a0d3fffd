"""Indexes of several encoders side by side, and which of them answers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0005_index_in_half_precision'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('encoder', models.CharField(max_length=200)),
                ('complete_at', models.DateTimeField(auto_now_add=True)),
                ('building', models.CharField(default='', max_length=200)),
                ('dimensions', models.JSONField(default=dict)),
                ('problem', models.TextField(default='')),
            ],
        ),
        migrations.AddField(
            model_name='indexrecord',
            name='failures',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='indexrecord',
            name='demand',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='index_records', to='matching.demand'),
        ),
        migrations.AlterField(
            model_name='indexrecord',
            name='profile',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='index_records', to='matching.companyprofile'),
        ),
        migrations.AlterField(
            model_name='indexrecord',
            name='technology',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='index_records', to='matching.technology'),
        ),
        migrations.AddConstraint(
            model_name='indexrecord',
            constraint=models.UniqueConstraint(fields=('technology', 'encoder'), name='index_record_is_one_per_technology'),
        ),
        migrations.AddConstraint(
            model_name='indexrecord',
            constraint=models.UniqueConstraint(fields=('demand', 'encoder'), name='index_record_is_one_per_demand'),
        ),
        migrations.AddConstraint(
            model_name='indexrecord',
            constraint=models.UniqueConstraint(fields=('profile', 'encoder'), name='index_record_is_one_per_profile'),
        ),
        migrations.AddConstraint(
            model_name='indexstate',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='index_state_is_one_row'),
        ),
        migrations.RunSQL(
            """
            INSERT INTO matching_indexstate (id, encoder, complete_at, building, dimensions, problem)
            SELECT 1, encoder, now(), '', '{}', ''
              FROM matching_indexrecord WHERE encoder <> ''
             GROUP BY encoder ORDER BY count(*) DESC LIMIT 1;
            """,
            migrations.RunSQL.noop,
        ),
    ]
