"""How well the product's own indexing and ranking finds the right documents of a benchmark folder."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Organisation
from matching.domain.indexing import index_demands, index_encoder, index_technologies
from matching.domain.matchmaking import score_demand
from matching.domain.spaces import refresh_space
from matching.enums import DemandState, DisclosureLevel, Provenance, TechnologyState
from matching.models import Demand, Technology, TechnologyText
from matching.scoring.metrics import Judgements, measures
from matching.scoring.text import detect_language, normalise

BATCH = 50
SHADOW = "evaluation"


class Command(BaseCommand):
    help = "Measures matching on a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR layout)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        documents = read_texts(folder / "corpus.jsonl")
        judgements = read_judgements(folder / "qrels" / "test.tsv")
        queries = {key: text for key, text in read_texts(folder / "queries.jsonl").items() if key in judgements}
        if not queries:
            raise CommandError(f"{folder}: no query has a judgement.")
        with shadow_database():
            started = time.perf_counter()
            technologies = self.index_documents(documents)
            indexed = time.perf_counter()
            rankings = self.rank(queries, technologies)
            ranked = time.perf_counter()
        result = {
            **measures(rankings, judgements),
            "queries": len(queries),
            "documents": len(documents),
            "seconds_index": round(indexed - started, 2),
            "seconds_query": round(ranked - indexed, 2),
        }
        self.stdout.write(json.dumps(result))

    def index_documents(self, documents: dict[str, str]) -> dict[int, str]:
        technologies = Technology.objects.bulk_create(
            Technology(
                state=TechnologyState.PUBLISHED,
                published_at=timezone.now(),
                disclosure=DisclosureLevel.PUBLIC,
                source_language=detect_language(text) or "en",
                external_id=key,
            )
            for key, text in documents.items()
        )
        TechnologyText.objects.bulk_create(
            TechnologyText(
                technology=technology,
                language=technology.source_language,
                provenance=Provenance.SOURCE,
                title=documents[technology.external_id][:300],
                description=documents[technology.external_id],
            )
            for technology in technologies
        )
        ids = [technology.id for technology in technologies]
        for start in range(0, len(ids), BATCH):
            index_technologies(technology_ids=ids[start : start + BATCH])
            self.progress("documents", min(start + BATCH, len(ids)), len(ids))
        return {technology.id: technology.external_id for technology in technologies}

    def rank(self, queries: dict[str, str], technologies: dict[int, str]) -> dict[str, list[str]]:
        company = Organisation.objects.create(name_en="Evaluation", country="KR", kind="company")
        demands = Demand.objects.bulk_create(
            Demand(
                organisation=company,
                external_id=key,
                language=detect_language(text) or "en",
                title=text[:300],
                problem=text,
                state=DemandState.OPEN,
            )
            for key, text in queries.items()
        )
        index_demands(demand_ids=[demand.id for demand in demands])
        refresh_space(encoder=index_encoder())
        rankings = {}
        for done, demand in enumerate(demands, start=1):
            matches = score_demand(demand_id=demand.id, minimum=0.0)
            rankings[demand.external_id] = [technologies[match.technology_id] for match in matches]
            self.progress("queries", done, len(demands))
        return rankings

    def progress(self, what: str, done: int, total: int) -> None:
        if done % 500 == 0 or done == total:
            self.stderr.write(f"{what}: {done} of {total}")


@contextmanager
def shadow_database() -> Iterator[None]:
    """Empty copies of all tables, in front of the real ones, for one transaction that is rolled back.

    The server forgets them however the process ends.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SHADOW}")
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"CREATE TABLE {SHADOW}.{name} (LIKE public.{name} INCLUDING ALL)")
        cursor.execute(f"SET LOCAL search_path = {SHADOW}, public")
        yield
        transaction.set_rollback(True)


def read_texts(path: Path) -> dict[str, str]:
    """Id → title and text of each line."""
    texts: dict[str, str] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = json.loads(line)
            key, text = str(row["_id"]), normalise(f"{row.get('title') or ''}\n{row['text']}")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{path}, line {number}: not a JSON object with _id and text ({error}).") from error
        texts[key] = text or "-"
    if not texts:
        raise CommandError(f"{path} is empty.")
    return texts


def read_judgements(path: Path) -> Judgements:
    judgements: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split("\t")
        if number == 1 and cells[-1].strip() == "score":
            continue
        try:
            query, document, grade = cells[0], cells[1], int(cells[2])
        except (IndexError, ValueError) as error:
            raise CommandError(f"{path}, line {number}: not “query, document, number” by tabs.") from error
        judgements.setdefault(query, {})[document] = grade
    return {query: grades for query, grades in judgements.items() if any(g > 0 for g in grades.values())}


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except FileNotFoundError as error:
        raise CommandError(f"{path} does not exist.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
