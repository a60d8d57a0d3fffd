"""Benchmark folders in BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv.

Where there is also a no_answer.txt, it has the ids of the queries that no document answers, one a line.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matching.benchmark.quality.metrics import Judgements
from matching.scoring.language.text import normalise


class BadFolderError(Exception):
    """The folder cannot be used; the message names the file and the line."""


@dataclass(frozen=True)
class Folder:
    name: str
    documents: dict[str, str]
    queries: dict[str, str]
    judgements: Judgements
    no_answer: frozenset[str] = frozenset()


def read_folder(path: Path) -> Folder:
    documents = read_texts(path / "corpus.jsonl")
    judgements = read_judgements(path / "qrels" / "test.tsv")
    asked = read_texts(path / "queries.jsonl")
    no_answer = read_no_answer(path / "no_answer.txt", asked, judgements)
    queries = {key: text for key, text in asked.items() if key in judgements or key in no_answer}
    if not queries.keys() & judgements.keys():
        raise BadFolderError(f"{path}: no query has a judgement.")
    return Folder(path.name, documents, queries, judgements, no_answer)


def read_no_answer(path: Path, asked: Mapping[str, str], judgements: Judgements) -> frozenset[str]:
    """Ids of queries; none where there is no such file."""
    if not path.exists():
        return frozenset()
    ids = [line.strip() for line in _lines(path)]
    for key in ids:
        if key not in asked:
            raise BadFolderError(f"{path}: no query is called “{key}”.")
        if key in judgements:
            raise BadFolderError(f"{path}: “{key}” has an answer in the judgements.")
    return frozenset(ids)


def read_background(path: Path) -> list[str]:
    """What companies say about themselves before they come to their need, one text a line."""
    texts = [text for line in _lines(path) if (text := normalise(line))]
    if not texts:
        raise BadFolderError(f"{path} is empty.")
    return texts


def with_background(folder: Folder, texts: Sequence[str]) -> Folder:
    """Each text in turn before a query; the query's own words after it, on a line of their own."""
    queries = {key: f"{texts[i % len(texts)]}\n{text}" for i, (key, text) in enumerate(folder.queries.items())}
    return replace(folder, queries=queries)


def read_texts(path: Path) -> dict[str, str]:
    """Id → title and text of each line."""
    texts: dict[str, str] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = json.loads(line)
            key, text = str(row["_id"]), normalise(f"{row.get('title') or ''}\n{row['text']}")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadFolderError(f"{path}, line {number}: not a JSON object with _id and text ({error}).") from error
        texts[key] = text or "-"
    if not texts:
        raise BadFolderError(f"{path} is empty.")
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
            raise BadFolderError(f"{path}, line {number}: not “query, document, number” by tabs.") from error
        judgements.setdefault(query, {})[document] = grade
    return {query: grades for query, grades in judgements.items() if any(g > 0 for g in grades.values())}


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except FileNotFoundError as error:
        raise BadFolderError(f"{path} does not exist.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadFolderError(f"{path} cannot be read: {error}") from error
