"""What we are compared with: programs that do one part, and nothing else."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db import connection, transaction

from matching.benchmark.machine import seconds_of
from matching.domain.finding.candidates import NO_TERMS, columns_of
from matching.domain.index.distances import vector_literal
from matching.domain.index.embedding_spaces import TABLES, read_vectors
from matching.domain.index.indexing import index_encoder
from matching.enums import LISTS_FOR, Audience
from matching.models import Technology
from matching.models.text_index import LEXEME_COLUMNS
from matching.scoring.language.notions import all_lexemes
from matching.scoring.space import Space
from matching.scoring.types import Columns, Vector, Vectors

NEEDED = {"faiss": "faiss-cpu", "tantivy": "tantivy"}
INSTALL = "pip install -c constraints.txt -e .[benchmark]"
AT_ONCE = 20_000
TECHNOLOGIES_AT_ONCE = 2_000
KEPT = 50


def check() -> None:
    missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
    if missing:
        raise CommandError(f"{' and '.join(missing)} not installed: {INSTALL}")


def everything(space: Space, *, audience: Audience) -> Iterator[Columns]:
    """All published technologies, some thousand at a time: what is found among them is compared exactly."""
    ids = list(Technology.objects.published().order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), TECHNOLOGIES_AT_ONCE):
        some = ids[start : start + TECHNOLOGIES_AT_ONCE]
        yield columns_of(some, space=space, shared=NO_TERMS, audience=audience)


_ALL = """
SELECT halfvec_send(p.vector) FROM {table} p JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.encoder = %s AND r.{owner} IS NOT NULL ORDER BY p.id
"""


def stored(kind: str, owner: str) -> Any:
    """All raw vectors of one kind, some thousand at a time."""
    # A cursor of the server, so that they are not all held here; it needs a transaction.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ALL.format(table=TABLES[kind], owner=owner), [index_encoder()])
        while rows := cursor.fetchmany(AT_ONCE):
            yield read_vectors([row[0] for row in rows])


def faiss_seconds(kind: str, queries: Vectors) -> dict[str, float]:
    """An exact search of the 50 nearest of each query, and what it takes to put the vectors in."""
    import faiss

    index = faiss.IndexFlatIP(queries.shape[1])
    build = sum(seconds_of(lambda block=block: index.add(block))[0] for block in stored(kind, "technology_id"))
    search, _ = seconds_of(lambda: index.search(queries, KEPT))
    return {"vectors": index.ntotal, "build": build, "search": search}


_NEAREST = """
SELECT r.technology_id FROM {table} p JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.encoder = %s AND r.technology_id IS NOT NULL
 ORDER BY p.vector <#> %s::halfvec LIMIT %s
"""


def pgvector_nearest(kind: str, vector: Vector, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        query = _NEAREST.format(table=TABLES[kind])
        cursor.execute(query, [index_encoder(), vector_literal(vector), limit])
        return [row[0] for row in cursor.fetchall()]


_LEXEMES = f"""
SELECT technology_id, tsvector_to_array({LEXEME_COLUMNS[LISTS_FOR]})
  FROM matching_indexrecord WHERE encoder = %s AND technology_id IS NOT NULL ORDER BY technology_id
"""


class Tantivy:
    """Full texts by the same lexemes as ours, so that both find the same words."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.module = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("technology", stored=True)
        builder.add_text_field("words", tokenizer_name="lexemes", index_option="freq")
        self.index = tantivy.Index(builder.build(), path=str(folder))
        lexemes = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("lexemes", lexemes)

    def fill(self) -> None:
        writer = self.index.writer(num_threads=1)
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(_LEXEMES, [index_encoder()])
            while rows := cursor.fetchmany(AT_ONCE):
                for technology_id, lexemes in rows:
                    words = " ".join(map(_one_word, lexemes))
                    writer.add_document(self.module.Document(technology=technology_id, words=words))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def search(self, query: str, limit: int) -> list[int]:
        terms = self._terms(all_lexemes(query))
        if not terms:
            return []
        searcher = self.index.searcher()
        wanted = self.module.Query.boolean_query(terms)
        return [searcher.doc(address)["technology"][0] for _, address in searcher.search(wanted, limit).hits]

    def _terms(self, lexemes: Sequence[str]) -> list[Any]:
        query = self.module.Query
        return [
            (self.module.Occur.Should, query.term_query(self.index.schema, "words", _one_word(word)))
            for word in lexemes
        ]


def _one_word(lexeme: str) -> str:
    """Names of notions have spaces, which part words there."""
    return lexeme.replace(" ", "_")
