"""Folders in BEIR layout, good and bad."""

from pathlib import Path

import pytest

from matching.benchmark.quality.folders import (
    BadFolderError,
    Folder,
    read_background,
    read_folder,
    read_judgements,
    with_background,
)
from tests.matching.benchmark.quality.folder_files import write_folder


def test_folder_is_read_with_the_queries_that_are_judged(tmp_path: Path) -> None:
    assert read_folder(write_folder(tmp_path)) == Folder(
        tmp_path.name,
        {"d0": "сорбент никель", "d1": "лазер", "d2": "-"},
        {"q0": "никель сорбент"},
        {"q0": {"d0": 2}},
    )


def test_title_comes_before_the_text(tmp_path: Path) -> None:
    corpus = '{"_id": 7, "title": "Сорбент", "text": "для  никеля"}\n\n{"_id": "8", "text": "лазер"}\n'
    assert read_folder(write_folder(tmp_path, **{"corpus.jsonl": corpus})).documents == {
        "7": "Сорбент\nдля никеля",
        "8": "лазер",
    }


def test_a_query_without_a_good_document_is_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "test.tsv"
    path.write_text("q0\td0\t1\nq0\td1\t0\nq1\td0\t0\n", encoding="utf-8")
    assert read_judgements(path) == {"q0": {"d0": 1, "d1": 0}}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", "{not json", "corpus.jsonl, line 1"),
        ("corpus.jsonl", "", "corpus.jsonl is empty"),
        ("queries.jsonl", '{"_id": "q0"}', "queries.jsonl, line 1"),
        ("queries.jsonl", "[1]", "queries.jsonl, line 1"),
        ("qrels/test.tsv", "q0 d0 2", "test.tsv, line 1"),
        ("qrels/test.tsv", "other\td0\t1", "no query has a judgement"),
        ("no_answer.txt", "other", "no query is called “other”"),
        ("no_answer.txt", "q0", "“q0” has an answer"),
    ],
)
def test_a_bad_folder_is_refused_by_file_and_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(BadFolderError, match=message):
        read_folder(write_folder(tmp_path, **{name: content}))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "queries.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(BadFolderError, match="queries.jsonl cannot be read"):
        read_folder(folder)


def test_queries_that_nothing_answers_are_read_where_the_folder_names_them(tmp_path: Path) -> None:
    folder = read_folder(write_folder(tmp_path, **{"no_answer.txt": "unjudged\n\n"}))
    assert (folder.queries, folder.no_answer) == ({"q0": "никель сорбент", "unjudged": "лазер"}, {"unjudged"})


def test_background_goes_before_every_query_in_turn(tmp_path: Path) -> None:
    path = tmp_path / "background.txt"
    path.write_text("첫 번째 회사.\n\n  두  번째 회사.\n", encoding="utf-8")
    texts = read_background(path)
    folder = Folder("made", {"d": "лазер"}, {"a": "한", "b": "두", "c": "세"}, {"a": {"d": 1}})
    assert with_background(folder, texts).queries == {
        "a": "첫 번째 회사.\n한",
        "b": "두 번째 회사.\n두",
        "c": "첫 번째 회사.\n세",
    }


@pytest.mark.parametrize(("content", "message"), [(b" \n\n", "is empty"), (b"\xff\xfe", "cannot be read")])
def test_a_bad_file_of_background_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "background.txt"
    path.write_bytes(content)
    with pytest.raises(BadFolderError, match=message):
        read_background(path)
