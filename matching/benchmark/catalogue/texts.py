"""Real texts that a load is combined from, cut and encoded once."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kr_ru_platform.words.reading.folding import LANGUAGES, detect_language
from matching.domain.sample import FOLDER
from matching.embedding import Vectors, get_embedder
from matching.scoring.language.notions import all_lexemes
from matching.scoring.language.text import normalise, passages

BATCH = 64
SAMPLE_FILES = ("technologies_cases.json", "technologies_tasks.json")
SAMPLE_FIELDS = ("title", "summary", "description", "advantages", "sought")
LEAST_LETTERS = 20
SAMPLED = 150
SAMPLED_CHARACTERS = 250

Say = Callable[[str], None]


@dataclass(frozen=True)
class Document:
    kind: str
    language: str
    title: str
    passages: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.passages)


def read_documents(folder: Path) -> list[Document]:
    """Every file of JSON lines in the folder: title, text, and where they have it kind and lang."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    found = [
        document(str(row.get("kind") or "offer"), row.get("lang"), row.get("title") or "", row["text"]) for row in rows
    ]
    return [each for each in found if each.passages]


def sample_documents() -> list[Document]:
    """The sample catalogue's texts: what is always there."""
    rows = [row for name in SAMPLE_FILES for row in json.loads((FOLDER / name).read_text(encoding="utf-8"))]
    return [
        document("offer", language, row[language]["title"], "\n".join(row[language][name] for name in SAMPLE_FIELDS))
        for row in rows
        for language in LANGUAGES
    ]


def document(kind: str, language: str | None, title: str, text: str) -> Document:
    clean = normalise(text)
    known = language if language in LANGUAGES else detect_language(clean, "en")
    long = dict.fromkeys(piece for piece in passages(clean) if len(piece) >= LEAST_LETTERS)
    return Document(kind, known, normalise(title)[:300] or clean[:80], tuple(long))


@dataclass(frozen=True)
class Encoded:
    """Each distinct passage and each document with its vector; each passage with its lexemes."""

    documents: Sequence[Document]
    groups: dict[tuple[str, str], list[int]]
    texts: list[str]
    row_of: dict[str, int]
    vectors: Vectors
    wholes: Vectors
    lexemes: list[frozenset[str]]


def encode(documents: Sequence[Document], cache: Path, seed: int, say: Say) -> Encoded:
    texts = list(dict.fromkeys(text for each in documents for text in (each.title, *each.passages)))
    row_of = {text: row for row, text in enumerate(texts)}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, each in enumerate(documents):
        groups[each.kind, each.language].append(i)
    embedder = get_embedder()
    vectors = _encoded_once(cache, embedder.name, "passages", texts, embedder.encode, say)
    return Encoded(
        documents=documents,
        groups=dict(groups),
        texts=texts,
        row_of=row_of,
        vectors=vectors,
        wholes=_wholes(documents, dict(groups), _means(documents, vectors, row_of), cache, seed, say),
        lexemes=[frozenset(all_lexemes(text)) for text in texts],
    )


def _means(documents: Sequence[Document], vectors: Vectors, row_of: dict[str, int]) -> Vectors:
    means = np.array([vectors[[row_of[text] for text in each.passages]].mean(axis=0) for each in documents])
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)


def _wholes(
    documents: Sequence[Document],
    groups: dict[tuple[str, str], list[int]],
    means: Vectors,
    cache: Path,
    seed: int,
    say: Say,
) -> Vectors:
    """The mean of the passages; what whole texts have besides is that of the nearest of some documents.

    Encoding each whole text with a second, slow encoder would take hours.
    """
    random = np.random.default_rng(seed)
    sampled = {group: random.permutation(ids)[:SAMPLED] for group, ids in sorted(groups.items())}
    chosen = [int(i) for ids in sampled.values() for i in ids]
    embedder = get_embedder()
    begun = [documents[i].text[:SAMPLED_CHARACTERS] for i in chosen]
    second = _encoded_once(cache, embedder.name, "beginnings", begun, embedder.encode_wholes, say)[:, means.shape[1] :]
    wholes = np.zeros((len(documents), means.shape[1] + second.shape[1]), dtype=np.float32)
    wholes[:, : means.shape[1]] = means
    start = 0
    for group, ids in sampled.items():
        everyone = np.array(groups[group])
        nearest = (means[everyone] @ means[ids].T).argmax(axis=1)
        wholes[everyone, means.shape[1] :] = second[start : start + len(ids)][nearest]
        start += len(ids)
    return wholes


def _encoded_once(
    cache: Path, encoder: str, kind: str, texts: list[str], encode: Callable[[list[str]], Vectors], say: Say
) -> Vectors:
    """Encoding the same real texts again would take most of the time of a second run."""
    digest = hashlib.sha256("\0".join([encoder, kind, *texts]).encode()).hexdigest()[:20]
    path = cache / f"{digest}.npy"
    if path.exists():
        vectors: Vectors = np.load(path)
        return vectors
    found = []
    for start in range(0, len(texts), BATCH):
        found.append(encode(texts[start : start + BATCH]))
        if start // BATCH % 25 == 0:
            say(f"encoded {start} of {len(texts)} real {kind}")
    vectors = np.vstack(found).astype(np.float32)
    cache.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npy")
    np.save(partial, vectors)
    partial.rename(path)
    return vectors
