"""Lists of matches are made from what members may read: what was made from more is forgotten and made again."""

import zlib

from django.db import migrations


def term_id(lexeme):
    return zlib.crc32(lexeme.encode()) & 0x7FFFFFFF


def compare_by_what_members_read(apps, schema_editor):
    Technology = apps.get_model("matching", "Technology")
    IndexRecord = apps.get_model("matching", "IndexRecord")
    kept_back = Technology.objects.filter(disclosure="nda")
    records = IndexRecord.objects.filter(technology__in=kept_back.values("pk"))
    lexemes = records.extra(select={"words": "tsvector_to_array(member_lexemes)"}).values_list("pk", "words")
    for pk, words in lexemes.iterator(chunk_size=500):
        IndexRecord.objects.filter(pk=pk).update(term_ids=sorted({term_id(word) for word in words}))
    if not kept_back.exists():
        return
    # At once, not when the worker comes to it: these numbers tell of texts that their readers may not read.
    apps.get_model("matching", "Match").objects.filter(technology__in=kept_back.values("pk")).delete()
    apps.get_model("matching", "ScoringRecord").objects.filter(technology=None).update(scorer_version="")
    apps.get_model("matching", "ScoringRun").objects.filter(state="running").delete()


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_words_beside_the_rows_of_the_index")]

    operations = [migrations.RunPython(compare_by_what_members_read, migrations.RunPython.noop)]
