"""A benchmark folder as files."""

import json
from pathlib import Path


def write_folder(folder: Path, **files: str) -> Path:
    corpus = [{"_id": f"d{n}", "title": "", "text": text} for n, text in enumerate(["сорбент никель", "лазер", ""])]
    queries = [{"_id": "q0", "text": "никель сорбент"}, {"_id": "unjudged", "text": "лазер"}]
    contents = {
        "corpus.jsonl": "\n".join(map(json.dumps, corpus)),
        "queries.jsonl": "\n".join(map(json.dumps, queries)),
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq0\td0\t2\n",
        **files,
    }
    (folder / "qrels").mkdir()
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder
