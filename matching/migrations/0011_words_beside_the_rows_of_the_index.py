"""Lexemes of a long text go out of the rows of the index.

Finding who has a lexeme reads a row for each technology that has it, and of that row only whose it
is. Without the lexemes some fifty rows lie on a page instead of five. What is short and asked for
each time stays in the row. Rows that are there already keep their place until they are indexed
anew, as they are when the list of terms changes.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0010_matches_without_double_indexes'),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE matching_indexrecord
                SET (toast_tuple_target = 128),
                ALTER COLUMN encoder SET STORAGE PLAIN,
                ALTER COLUMN text_hash SET STORAGE PLAIN;
            """,
            """
            ALTER TABLE matching_indexrecord
                RESET (toast_tuple_target),
                ALTER COLUMN encoder SET STORAGE EXTENDED,
                ALTER COLUMN text_hash SET STORAGE EXTENDED;
            """,
        ),
    ]
