"""How well the product's own indexing and ranking finds the right documents of benchmark folders."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.benchmark.quality.evaluation import Rankings, index_documents, parts_alone, rank, shadow_database
from matching.benchmark.quality.folders import BadFolderError, Folder, read_folder
from matching.benchmark.quality.metrics import compared, intervals, measures


class Command(BaseCommand):
    help = (
        "Measures matching on folders with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR layout). "
        "With --compare the product stands beside its parts alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
        parser.add_argument("--compare", action="store_true", help="also each encoder, words, notions, fusion alone")

    def handle(self, *args: Any, folders: list[Path], compare: bool, **options: Any) -> None:
        try:
            read = [read_folder(path) for path in folders]
        except BadFolderError as error:
            raise CommandError(str(error)) from error
        for folder in read:
            self.stdout.write(json.dumps(self.evaluate(folder, compare), ensure_ascii=False))

    def evaluate(self, folder: Folder, compare: bool) -> dict[str, Any]:
        with shadow_database():
            started = time.perf_counter()
            documents = index_documents(folder, self.progress)
            indexed = time.perf_counter()
            demands, rankings = rank(folder, documents, self.progress)
            ranked = time.perf_counter()
            parts = parts_alone(demands, documents) if compare else {}
        return {
            "set": folder.name,
            **measures(rankings, folder.judgements),
            "intervals": intervals(rankings, folder.judgements),
            "queries": len(folder.queries),
            "documents": len(folder.documents),
            "seconds_index": round(indexed - started, 2),
            "seconds_query": round(ranked - indexed, 2),
            **({"parts": self.beside(folder, rankings, parts)} if compare else {}),
        }

    def beside(self, folder: Folder, rankings: Rankings, parts: dict[str, Rankings]) -> dict[str, Any]:
        found = {}
        for name, of_part in parts.items():
            # A part that finds nothing for a query has found nothing relevant either.
            all_queries = {query: of_part.get(query, []) for query in rankings}
            gains = compared(rankings, all_queries, folder.judgements)
            found[name] = {**measures(all_queries, folder.judgements), "product_gains": gains["ndcg_at_10"]}
            self.stderr.write(f"{folder.name}: nDCG@10 {found[name]['ndcg_at_10']:.3f} {name}")
        return found

    def progress(self, what: str, done: int, total: int) -> None:
        if done % 500 == 0 or done == total:
            self.stderr.write(f"{what}: {done} of {total}")
