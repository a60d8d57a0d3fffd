"""How a file was understood, and what a sender said about the same header before."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from matching.domain.intake.file_layout import reading_of, remember, understand
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import ReadingChoices
from matching.domain.intake.technology_imports import upload_import
from matching.models import ImportMapping, TechnologyImport
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sender() -> User:
    return create_staff()


def upload(content: str | bytes, by: User, name: str = "a.csv") -> TechnologyImport:
    data = content if isinstance(content, bytes) else content.encode()
    return upload_import(by=by, file=SimpleUploadedFile(name, data), name=name)


@pytest.mark.parametrize(
    ("stored", "reading"),
    [
        ({}, ReadingChoices()),
        (
            {"sheet": "둘", "header_row": 3, "encoding": "cp949", "columns": {"a": "title"}},
            ReadingChoices("둘", 3, "cp949", {"a": "title"}),
        ),
        ({"sheet": "", "header_row": None, "columns": None}, ReadingChoices()),
    ],
)
def test_reading_is_what_a_person_said(stored: dict[str, Any], reading: ReadingChoices) -> None:
    assert reading_of(TechnologyImport(reading=stored)) == reading


def test_file_with_names_that_we_know_asks_nothing(sender: User) -> None:
    row = upload("목록\nid,제목,비고\n1,선재,가\n2,합금,\n", sender)
    assert understand(row) == (ReadingChoices(), False)
    assert row.layout == {
        "sheet": "",
        "sheets": [],
        "other_sheets": [],
        "header_row": 2,
        "encoding": "utf-8-sig",
        "columns": [
            {"name": "id", "target": "external_id", "guess": "external_id", "samples": ["1", "2"]},
            {"name": "제목", "target": "title", "guess": "title", "samples": ["선재", "합금"]},
            {"name": "비고", "target": "", "guess": "", "samples": ["가"]},
        ],
    }


@pytest.mark.parametrize(
    ("content", "must_ask"),
    [
        ("alpha,beta\n1,x\n", True),
        ("국가,TRL\nKR,5\n", True),
        # Facts of technologies that are there already.
        ("관리번호,TRL\na-1,5\n", False),
        ("제목,TRL\n선재,5\n", False),
    ],
)
def test_file_that_neither_fills_nor_finds_a_technology_asks(sender: User, content: str, must_ask: bool) -> None:
    assert understand(upload(content, sender))[1] == must_ask


def test_uncertain_encoding_asks_and_shows_what_the_lines_would_be(sender: User) -> None:
    row = upload("id,title\n1,铝合金焊接方法提高速度\n".encode("gbk"), sender)
    assert understand(row) == (ReadingChoices(), True)
    assert (row.layout["encoding"], set(row.layout["lines"])) == ("", set(row.layout["possible"]))
    assert row.layout["lines"]["gbk"] == ["1,铝合金焊接方法提高速度"]


def test_jsonl_has_no_columns_to_ask_about(sender: User) -> None:
    row = upload('{"id": "a"}\n', sender, "a.jsonl")
    assert understand(row) == (ReadingChoices(), False)
    assert row.layout == {"encoding": "utf-8-sig"}


def test_file_of_no_use_is_refused(sender: User) -> None:
    with pytest.raises(ImportFileError, match="empty_file"):
        understand(upload(" ", sender))


def test_header_that_its_sender_has_explained_is_not_asked_about_again(sender: User) -> None:
    columns, reader = {"alpha": "title", "beta": ""}, create_staff()
    remember(sender=sender, names=["alpha", "beta"], columns={"alpha": "summary"}, authors=[sender])
    remember(sender=sender, names=["alpha", "beta"], columns=columns, authors=[reader])
    row = upload("alpha,beta\n선재,x\n", sender)
    assert understand(row) == (ReadingChoices(columns=columns), False)
    assert (row.reading, ImportMapping.objects.count()) == ({"columns": columns}, 1)
    # Everybody who has said so has written a part of this file, too.
    assert row.authors == [sender, reader]
    assert [column["target"] for column in row.layout["columns"]] == ["title", ""]


def test_explanation_is_of_this_header_and_this_sender(sender: User) -> None:
    remember(sender=sender, names=["alpha", "beta"], columns={"alpha": "title"}, authors=[sender])
    for content, by in (("alpha,beta\n선재,x\n", create_staff()), ("beta,alpha\nx,선재\n", sender)):
        assert understand(upload(content, by)) == (ReadingChoices(), True)


def test_what_is_said_of_this_file_goes_before_what_was_said_of_others(sender: User) -> None:
    remember(sender=sender, names=["alpha", "beta"], columns={"alpha": "title"}, authors=[sender])
    row = upload("alpha,beta\n선재,x\n", sender)
    row.reading = {"columns": {"beta": "title"}}
    assert understand(row) == (ReadingChoices(columns={"beta": "title"}), False)
