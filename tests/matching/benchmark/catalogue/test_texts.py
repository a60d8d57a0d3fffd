"""Real texts, cut into passages and encoded once."""

import json
from pathlib import Path

import numpy as np
import pytest

from matching.benchmark.catalogue.texts import Document, document, encode, read_documents, sample_documents
from tests.matching.fake_embedder import FakeEmbedder

LONG = "Магнитный сорбент извлекает ионы никеля из стоков."
OTHER = "The fibre laser cuts steel sheets without burrs."


def test_document_says_its_language_and_keeps_long_passages_once() -> None:
    assert document("offer", None, "  Сорбент ", f"{LONG}\nКоротко.\n{LONG}") == Document(
        "offer", "ru", "Сорбент", (LONG,)
    )


@pytest.mark.parametrize(("language", "known"), [("en", "en"), ("zh", "ru"), (None, "ru")])
def test_a_language_that_the_portal_has_not_is_detected(language: str | None, known: str) -> None:
    assert document("offer", language, "", LONG).language == known


def test_a_document_without_a_title_has_its_beginning() -> None:
    assert document("offer", "ru", "", LONG * 3).title == (LONG * 3)[:80]


def test_files_are_read_in_order_without_what_has_no_passage(tmp_path: Path) -> None:
    rows = {"b.jsonl": [{"text": OTHER, "title": None}], "a.jsonl": [{"text": LONG, "kind": "demand"}, {"text": "-"}]}
    for name, lines in rows.items():
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert read_documents(tmp_path) == [
        Document("demand", "ru", LONG, (LONG,)),
        Document("offer", "en", OTHER, (OTHER,)),
    ]


def test_sample_is_there_in_every_language() -> None:
    found = sample_documents()
    assert {language: sum(each.language == language for each in found) for language in ("ko", "ru", "en")} == {
        "ko": 22,
        "ru": 22,
        "en": 22,
    }
    assert all(each.passages for each in found)


def test_each_text_is_encoded_once_and_never_again(fake_embedder: FakeEmbedder, tmp_path: Path) -> None:
    documents = [Document("offer", "ru", "title", (LONG, OTHER)), Document("demand", "ru", "title", (LONG,))]
    said: list[str] = []
    first = encode(documents, tmp_path, 1, said.append)
    once = list(fake_embedder.encoded)
    second = encode(documents, tmp_path, 1, said.append)
    assert (first.texts, first.groups) == (["title", LONG, OTHER], {("offer", "ru"): [0], ("demand", "ru"): [1]})
    assert sorted(once) == sorted(["title", LONG, OTHER, f"{LONG}\n{OTHER}", LONG])
    assert fake_embedder.encoded == once
    assert (first.vectors == second.vectors).all() and (first.wholes == second.wholes).all()
    assert said == ["encoded 0 of 3 real passages", "encoded 0 of 2 real beginnings"]


def test_whole_texts_are_the_mean_of_their_passages_and_the_second_half_of_a_near_one(
    monkeypatch: pytest.MonkeyPatch, fake_embedder: FakeEmbedder, tmp_path: Path
) -> None:
    class TwoEncoders(FakeEmbedder):
        def encode_wholes(self, texts: list[str]) -> np.ndarray:
            return np.hstack([self.encode(texts), np.full((len(texts), 2), len(texts[0]), dtype=np.float32)])

    monkeypatch.setattr("matching.embedding._load", lambda setting: TwoEncoders())
    found = encode([Document("offer", "ru", "title", (LONG, OTHER))], tmp_path, 1, lambda text: None)
    mean = found.vectors[1:].mean(axis=0)
    assert found.wholes.shape == (1, 34)
    assert np.allclose(found.wholes[0, :32], mean / np.linalg.norm(mean), atol=1e-6)
    assert found.wholes[0, 32:].tolist() == [len(f"{LONG}\n{OTHER}")] * 2
