"""How well the product's own indexing and ranking finds the right documents of benchmark folders."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.benchmark.quality.evaluation import Answers, index_documents, parts_alone, rank, shadow_database
from matching.benchmark.quality.folders import BadFolderError, Folder, read_background, read_folder, with_background
from matching.benchmark.quality.metrics import compared, intervals, measures, refusal_intervals, refusals
from matching.benchmark.quality.reliability import Told, listed_pairs, reliability
from matching.domain.matches.scorers import active_scorer


class Command(BaseCommand):
    help = (
        "Measures matching on folders with corpus.jsonl, queries.jsonl and qrels/test.tsv (BEIR layout). "
        "Where there is a no_answer.txt (ids of queries that no document answers), also how often it is right to say "
        "that nothing fits. With --compare the product stands beside its parts alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
        parser.add_argument("--compare", action="store_true", help="also each encoder, words, notions, fusion alone")
        parser.add_argument(
            "--background",
            type=Path,
            metavar="FILE",
            help="texts that companies put before their need, one a line: each in turn before a query",
        )

    def handle(
        self, *args: Any, folders: list[Path], compare: bool, background: Path | None = None, **options: Any
    ) -> None:
        try:
            read = [read_folder(path) for path in folders]
            if background:
                texts = read_background(background)
                read = [with_background(folder, texts) for folder in read]
        except BadFolderError as error:
            raise CommandError(str(error)) from error
        for folder in read:
            self.stdout.write(json.dumps(self.evaluate(folder, compare), ensure_ascii=False))

    def evaluate(self, folder: Folder, compare: bool) -> dict[str, Any]:
        with shadow_database():
            started = time.perf_counter()
            documents = index_documents(folder, self.progress)
            indexed = time.perf_counter()
            demands, answers = rank(folder, documents, self.progress)
            ranked = time.perf_counter()
            parts = parts_alone(demands, documents) if compare else {}
        return {
            "set": folder.name,
            **figures(folder, answers),
            "intervals": figure_intervals(folder, answers),
            "reliability": reliability(told(folder, answers)),
            "queries": len(folder.queries) - len(folder.no_answer),
            **({"queries_without_answer": len(folder.no_answer)} if folder.no_answer else {}),
            "documents": len(folder.documents),
            "seconds_index": round(indexed - started, 2),
            "seconds_query": round(ranked - indexed, 2),
            **({"parts": self.beside(folder, answers, parts)} if compare else {}),
        }

    def beside(self, folder: Folder, product: Answers, parts: dict[str, Answers]) -> dict[str, Any]:
        found = {}
        for name, part in parts.items():
            # A part that finds nothing for a query has found nothing relevant either.
            rankings = {query: part.rankings.get(query, []) for query in product.rankings}
            gains = compared(product.rankings, rankings, folder.judgements)
            told = Answers(rankings, part.refused)
            found[name] = {
                **figures(folder, told),
                "intervals": figure_intervals(folder, told),
                "product_gains": gains["ndcg_at_10"],
            }
            self.stderr.write(f"{folder.name}: nDCG@10 {found[name]['ndcg_at_10']:.3f} {name}")
        return found

    def progress(self, what: str, done: int, total: int) -> None:
        if done % 500 == 0 or done == total:
            self.stderr.write(f"{what}: {done} of {total}")


def figures(folder: Folder, answers: Answers) -> dict[str, float]:
    found = measures(answers.rankings, folder.judgements)
    if folder.no_answer and answers.refused is not None:
        found |= refusals(answers.refused, folder.no_answer, answered(folder))
    return found


def figure_intervals(folder: Folder, answers: Answers) -> dict[str, tuple[float, float]]:
    found = intervals(answers.rankings, folder.judgements)
    if folder.no_answer and answers.refused is not None:
        found |= refusal_intervals(answers.refused, folder.no_answer, answered(folder))
    return found


def told(folder: Folder, answers: Answers) -> list[Told]:
    """By the formula that is in force, as the answers are."""
    return listed_pairs(answers.scored, folder.judgements, folder.no_answer, active_scorer().formula)


def answered(folder: Folder) -> set[str]:
    return {*folder.queries} - folder.no_answer
