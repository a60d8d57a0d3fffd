"""A file that is published at once publishes what stands in it, not what somebody else's draft held before."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from matching.domain.intake.technology_imports import ImportDecision, continue_import, decide_import, upload_import
from matching.domain.technologies import curation
from matching.enums import ImportPolicy, TechnologyState
from matching.models import Publication, Technology, TechnologyImport
from tests.factories.organisation import InstituteFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {"external_id": "d-1", "country": "RU", "field": "metals", "disclosure": "nda"}
TEXT = {"provenance": "source", "title": "Печь", "summary": "Кратко", "description": "Тайна"}


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def draft(by: User, **text: str) -> Technology:
    return curation.create_technology(by=by, data=FACTS | {"holder": InstituteFactory()}, texts={"ru": TEXT | text})


def publish_file(sender: User, decider: User, content: str = "external_id,trl\nd-1,7\n", reason: str = "") -> list[str]:
    """One uploads, another publishes at once; the codes of what was remarked."""
    return decide(checked(sender, content), decider, reason)


def checked(sender: User, content: str = "external_id,trl\nd-1,7\n") -> TechnologyImport:
    row = upload_import(by=sender, file=SimpleUploadedFile("a.csv", content.encode()), name="a.csv")
    continue_import(import_id=row.pk)
    return row


def decide(row: TechnologyImport, decider: User, reason: str = "") -> list[str]:
    decide_import(
        technology_import=row, by=decider, said=ImportDecision(ImportPolicy.GOOD_ROWS, publish=True, reason=reason)
    )
    continue_import(import_id=row.pk)
    return list(row.row_errors.values_list("code", flat=True))


def state() -> tuple[str, int]:
    row = Technology.objects.get()
    return row.state, row.trl


def test_nobody_publishes_their_own_draft_through_the_file_of_another() -> None:
    """Four eyes: one cell of the file, and the text and level of whoever pressed."""
    sender, decider, other = create_staff(), create_staff(), create_staff()
    technology = draft(other)
    curation.update_technology(technology=technology, by=decider, data={"disclosure": "public"})
    assert publish_file(sender, decider) == ["stays_draft_own"]
    assert (state(), Publication.objects.count()) == (("draft", 7), 0)


def test_nobody_publishes_a_text_of_theirs_or_what_they_sent_for_review_through_the_file_of_another() -> None:
    sender, decider, other = create_staff(), create_staff(), create_staff()
    technology = draft(other)
    curation.move_technology(technology=technology, to=TechnologyState.IN_REVIEW, by=decider)
    assert publish_file(sender, decider) == ["stays_draft_own"]
    assert state() == ("in_review", 7)
    curation.move_technology(technology=technology, to=TechnologyState.DRAFT, by=other)
    curation.save_text(technology=technology, language="ko", by=sender, data=TEXT | {"provenance": "human"})
    assert publish_file(other, sender) == ["stays_draft_own"]
    assert (state(), Publication.objects.count()) == (("draft", 7), 0)


def test_draft_that_nobody_can_read_is_not_published_with_a_file() -> None:
    draft(create_staff(), summary="")
    assert publish_file(create_staff(), create_staff()) == ["stays_draft_unreadable"]
    assert state() == ("draft", 7)
    complete = "external_id,trl,title_ru,summary_ru\nd-1,8,Печь,Кратко\n"
    assert publish_file(create_staff(), create_staff(), complete) == []
    assert state() == ("published", 8)


def test_record_names_who_wrote_the_draft_and_who_sent_the_file() -> None:
    sender, decider, writer = create_staff(), create_staff(), create_staff()
    draft(writer)
    assert publish_file(sender, decider) == []
    record = Publication.objects.get()
    assert (record.proposed_by, record.approved_by, record.is_by_one_person) == (f"{sender}, {writer}", decider, False)


def test_programme_manager_may_publish_an_own_draft_with_a_file_for_a_reason_that_is_kept() -> None:
    sender, manager = create_staff(), create_programme_admin()
    draft(manager)
    assert publish_file(sender, manager) == ["stays_draft_own"]
    assert publish_file(sender, manager, "external_id,trl\nd-1,8\n", reason="nobody else is here") == []
    record = Publication.objects.get()
    assert (state(), record.is_by_one_person, record.reason) == (("published", 8), True, "nobody else is here")


def test_what_came_into_a_draft_after_the_check_is_not_published_with_the_file() -> None:
    sender, decider, writer = create_staff(), create_staff(), create_staff()
    technology = draft(writer)
    row = checked(sender)
    assert [*row.row_errors.values_list("row", "code", "value")] == [(2, "draft_would_be_public", "d-1")]
    curation.update_technology(technology=technology, by=writer, data={"disclosure": "public"})
    assert decide(row, decider) == ["stays_draft_changed"]
    assert (state(), Publication.objects.count()) == (("draft", 7), 0)
    assert publish_file(sender, create_staff()) == []
    assert state() == ("published", 7)


def test_draft_that_came_after_the_check_is_not_published_with_the_file() -> None:
    row = checked(create_staff(), "external_id,trl,language,title,summary\nd-1,7,ru,Печь,Кратко\n")
    draft(create_staff())
    assert decide(row, create_staff()) == ["stays_draft_changed"]
    assert state() == ("draft", 7)


def test_check_lists_only_drafts_that_can_be_read_and_would_be_published() -> None:
    writer = create_staff()
    draft(writer, summary="")
    assert not checked(writer).row_errors.exists()
    complete = checked(writer, "external_id,trl,title_ru,summary_ru\nd-1,8,Печь,Кратко\n")
    assert [*complete.row_errors.values_list("code", flat=True)] == ["draft_would_be_public"]


def test_protected_row_or_draft_whose_summary_repeats_its_text_is_not_published_with_a_file() -> None:
    draft(create_staff(), summary="Тайна")
    content = (
        "external_id,trl,language,title,summary,description,disclosure\nd-1,7,,,,,\nd-2,7,ru,Станок,Секрет,Секрет,nda\n"
    )
    assert publish_file(create_staff(), create_staff(), content) == ["stays_draft_repeats"] * 2
    assert set(Technology.objects.values_list("external_id", "state")) == {("d-1", "draft"), ("d-2", "draft")}
