"""Whatever stands in public was decided by two people, whichever way it came there."""

from types import SimpleNamespace

import pytest

from kr_ru_platform.saving.errors import MoveNotAllowedError, Refusal
from matching.domain.technologies import curation, publication
from matching.enums import DisclosureLevel, PublicationKind, TechnologyRefusal
from matching.enums import TechnologyState as State
from matching.models import Publication, Technology, TechnologyText
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.ON_HOLD, State.ARCHIVED, State.DRAFT])
def test_no_way_back_into_the_public_without_a_review(state: State) -> None:
    technology = TechnologyFactory(state=state)
    with pytest.raises(MoveNotAllowedError):
        curation.move_technology(technology=technology, to=State.PUBLISHED, by=create_staff())


def test_nobody_publishes_what_they_wrote_a_part_of() -> None:
    writer, sender, third = create_staff(), create_staff(), create_staff()
    texts = {"ru": {"provenance": "source", "title": "Провод", "summary": "Кратко."}}
    made = curation.create_technology(by=writer, data={"trl": 5}, texts=texts)
    made = curation.move_technology(technology=made, to=State.IN_REVIEW, by=sender)
    for person in (writer, sender):
        with pytest.raises(MoveNotAllowedError):
            curation.move_technology(technology=made, to=State.PUBLISHED, by=person)
    curation.move_technology(technology=made, to=State.PUBLISHED, by=third)
    row = Publication.objects.get()
    assert (row.kind, row.approved_by, row.proposed_by) == (
        PublicationKind.REVIEW,
        third,
        f"{writer}, {sender}",
    )


def test_still_true_takes_one_person() -> None:
    staff, technology = create_staff(), TechnologyFactory()
    made = curation.move_technology(technology=technology, to=State.PUBLISHED, by=staff)
    assert (made.expires_on is not None, Publication.objects.count()) == (True, 0)


def test_file_is_published_at_once_by_somebody_else_or_for_a_reason() -> None:
    uploader, other, manager = create_staff(), create_staff(), create_programme_admin()
    refusal = publication.refusal_of_import
    assert refusal(authors=[uploader], by=uploader)
    assert refusal(authors=[uploader], by=uploader, reason="I am sure.")
    assert refusal(authors=[manager], by=manager)
    assert (refusal(authors=[uploader], by=other), refusal(authors=[manager], by=manager, reason="Alone.")) == (
        None,
        None,
    )


def test_second_person_has_written_no_part_or_decides_alone_with_a_reason() -> None:
    staff, manager = create_staff(), create_programme_admin()
    refusal = publication.refusal_of_second
    assert [refusal(authors=[], by=staff), refusal(authors=[manager.pk], by=staff)] == [None, None]
    for by, reason in ((staff, ""), (staff, "I am sure."), (manager, ""), (manager, "  ")):
        assert refusal(authors=[by.pk], by=by, reason=reason) == Refusal(TechnologyRefusal.WRITTEN_BY_THE_SAME)
    assert refusal(authors=[manager.pk], by=manager, reason="Nobody else is here.") is None


def test_more_open_is_read_by_more_people() -> None:
    levels = (DisclosureLevel.NDA, DisclosureLevel.MEMBERS, DisclosureLevel.PUBLIC)
    assert {(a, b) for a in levels for b in levels if publication.is_more_open(a, b)} == {
        (DisclosureLevel.NDA, DisclosureLevel.MEMBERS),
        (DisclosureLevel.NDA, DisclosureLevel.PUBLIC),
        (DisclosureLevel.MEMBERS, DisclosureLevel.PUBLIC),
    }


def test_profile_can_be_read_when_one_text_has_a_title_and_a_summary() -> None:
    whole, title, summary = (
        TechnologyText(title="a", summary="b"),
        TechnologyText(title="a"),
        TechnologyText(summary="b"),
    )
    assert [publication.can_be_read(texts) for texts in ([], [title, summary], [title, whole])] == [False, False, True]


@pytest.mark.parametrize(
    ("reason", "is_from_file"), [("import", True), ("import 12", True), ("imported", False), ("", False), (None, False)]
)
def test_history_tells_which_rows_came_from_a_file(reason: str | None, is_from_file: bool) -> None:
    assert publication.is_from_file(SimpleNamespace(history_change_reason=reason)) == is_from_file


def test_authors_of_a_draft_are_those_since_it_was_public_the_last_time() -> None:
    first, second, third = create_staff(), create_staff(), create_staff()
    made = curation.create_technology(by=first, data={"trl": 5}, texts={"ru": {"provenance": "source", "title": "a"}})
    curation.update_technology(technology=made, by=second, data={"trl": 6})
    # Who is in charge is no part of what the public reads.
    curation.update_technology(technology=made, by=third, data={"owner": third})
    assert publication.authors_of_draft(made) == {first.pk, second.pk}
    row = Technology.objects.get()
    row.state, row.published_at = State.PUBLISHED, row.created_at
    row.save()
    row.state = State.DRAFT
    row.save()
    curation.update_technology(technology=row, by=third, data={"trl": 7})
    assert publication.authors_of_draft(row) == {third.pk}
