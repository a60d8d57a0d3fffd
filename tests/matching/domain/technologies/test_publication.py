"""Whatever stands in public was decided by two people, whichever way it came there."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.technologies import curation, proposed_changes, publication
from matching.enums import ChangeState, DisclosureLevel, PublicationKind
from matching.enums import TechnologyState as State
from matching.models import ProposedChange, Publication, Technology
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db

PUBLIC: dict[str, Any] = {
    "country": "KR",
    "field": "energy",
    "ipc_codes": ["C22C"],
    "trl": 9,
    "ipr_status": "pending",
    "transfer_modes": ["licence"],
    "direction": "kr_ru",
    "disclosure": "public",
    "source_url": "https://example.org/a",
}
TEXTS = {name: f"Neu {name}" for name in ("title", "summary", "description", "advantages", "sought")}


def live(technology: Technology) -> Any:
    row = Technology.objects.get(pk=technology.pk)
    return proposed_changes.live_facts(row), proposed_changes.live_texts(row)


def change_of(technology: Technology) -> ProposedChange:
    found = proposed_changes.waiting_change(technology)
    assert found is not None
    return found


def approve(technology: Technology, by: User, reason: str = "") -> ProposedChange:
    revision = Technology.objects.get(pk=technology.pk).revision
    return proposed_changes.approve_change(
        change=change_of(technology), by=by, expected_revision=revision, reason=reason
    )


@pytest.mark.parametrize("name", [*PUBLIC, "holder"])
def test_public_fact_changes_when_a_second_person_approves(name: str) -> None:
    writer, checker, technology = create_staff(), create_staff(), TechnologyFactory()
    value = InstituteFactory() if name == "holder" else PUBLIC[name]
    before = live(technology)
    curation.update_technology(technology=technology, by=writer, data={name: value})
    assert live(technology) == before
    with pytest.raises(MoveNotAllowedError):
        approve(technology, writer)
    approve(technology, checker)
    assert live(technology) == ({**before[0], name: proposed_changes.stored_value(name, value)}, before[1])
    row = Publication.objects.get()
    assert (row.kind, row.proposed_by, row.approved_by, row.is_by_one_person) == (
        PublicationKind.CHANGE,
        str(writer),
        checker,
        False,
    )


@pytest.mark.parametrize("language", ["ru", "ko"])
@pytest.mark.parametrize("provenance", ["human", "machine"])
def test_text_changes_or_is_added_when_a_second_person_approves(language: str, provenance: str) -> None:
    writer, checker, technology = create_staff(), create_staff(), TechnologyFactory()
    before = live(technology)
    data = {**TEXTS, "provenance": provenance}
    curation.save_text(technology=technology, language=language, by=writer, data=data)
    assert live(technology) == before
    approve(technology, checker)
    assert live(technology)[1] == {**before[1], language: data}


def test_what_nobody_outside_reads_is_free() -> None:
    staff, technology = create_staff(), TechnologyFactory()
    curation.update_technology(technology=technology, by=staff, data={"owner": staff, "external_id": "A-1"})
    technology.refresh_from_db()
    assert (technology.owner, technology.external_id, proposed_changes.waiting_change(technology)) == (
        staff,
        "A-1",
        None,
    )


def test_showing_less_is_free_and_at_once() -> None:
    staff, technology = create_staff(), TechnologyFactory(disclosure=DisclosureLevel.PUBLIC)
    curation.update_technology(technology=technology, by=staff, data={"disclosure": DisclosureLevel.NDA})
    technology.refresh_from_db()
    assert (technology.disclosure, proposed_changes.waiting_change(technology)) == (DisclosureLevel.NDA, None)


def test_whoever_adds_to_a_waiting_change_is_its_author_too() -> None:
    first, second, third = create_staff(), create_staff(), create_staff()
    technology = TechnologyFactory()
    curation.update_technology(technology=technology, by=first, data={"trl": 8})
    curation.save_text(technology=technology, language="ru", by=second, data={"title": "Иначе"})
    for author in (first, second):
        with pytest.raises(MoveNotAllowedError):
            approve(technology, author)
    approve(technology, third)
    assert (live(technology)[0]["trl"], live(technology)[1]["ru"]["title"]) == (8, "Иначе")


def test_change_that_is_taken_back_waits_no_more() -> None:
    staff, technology = create_staff(), TechnologyFactory(trl=6)
    curation.update_technology(technology=technology, by=staff, data={"trl": 8})
    curation.update_technology(technology=technology, by=staff, data={"trl": 6})
    assert (proposed_changes.waiting_change(technology), ProposedChange.objects.get().state) == (
        None,
        ChangeState.DROPPED,
    )


def test_returned_change_carries_the_reason_and_waits_for_its_authors() -> None:
    writer, checker, technology = create_staff(), create_staff(), TechnologyFactory()
    made = curation.update_technology(technology=technology, by=writer, data={"trl": 8})
    said = {"change": change_of(technology), "by": checker, "expected_revision": made.revision}
    with pytest.raises(MoveNotAllowedError):
        proposed_changes.return_change(**said, reason=" ")
    proposed_changes.return_change(**said, reason="Where is it measured?")
    with pytest.raises(MoveNotAllowedError):
        approve(technology, checker)
    curation.update_technology(technology=technology, by=writer, data={"trl": 7})
    change = change_of(technology)
    assert (change.state, change.facts, change.reason) == (ChangeState.OPEN, {"trl": 7}, "")
    assert [(said["by"], said["reason"]) for said in change.former_reasons] == [(checker.pk, "Where is it measured?")]


@pytest.mark.parametrize("reason", ["Not measured at all.", ""])
def test_reason_for_dropping_a_change_stands_beside_that_for_returning_it(reason: str) -> None:
    writer, checker, technology = create_staff(), create_staff(), TechnologyFactory()
    made = curation.update_technology(technology=technology, by=writer, data={"trl": 8})
    change = change_of(technology)
    proposed_changes.return_change(
        change=change, by=checker, expected_revision=made.revision, reason="Where is it measured?"
    )
    proposed_changes.drop_change(change=change, by=checker, expected_revision=made.revision + 1, reason=reason)
    change.refresh_from_db()
    former = [said["reason"] for said in change.former_reasons]
    assert (change.state, change.reason, former) == (ChangeState.DROPPED, reason, ["Where is it measured?"])


def test_nobody_approves_what_they_have_not_seen() -> None:
    writer, checker, technology = create_staff(), create_staff(), TechnologyFactory()
    seen = curation.update_technology(technology=technology, by=writer, data={"trl": 8}).revision
    curation.update_technology(technology=technology, by=writer, data={"trl": 9})
    with pytest.raises(StaleRevisionError):
        proposed_changes.approve_change(change=change_of(technology), by=checker, expected_revision=seen)


def test_programme_manager_decides_alone_only_with_a_reason_that_is_kept() -> None:
    manager, technology = create_programme_admin(), TechnologyFactory()
    curation.update_technology(technology=technology, by=manager, data={"trl": 8})
    with pytest.raises(MoveNotAllowedError):
        approve(technology, manager)
    approve(technology, manager, reason="Nobody else is in today.")
    row = Publication.objects.get()
    assert (row.is_by_one_person, row.reason, row.approved_by) == (True, "Nobody else is in today.", manager)


def test_reason_lets_no_curator_decide_alone() -> None:
    staff, technology = create_staff(), TechnologyFactory()
    curation.update_technology(technology=technology, by=staff, data={"trl": 8})
    with pytest.raises(MoveNotAllowedError):
        approve(technology, staff, reason="I am sure.")


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


def test_change_that_waits_when_the_profile_is_put_on_hold_is_checked_before_it_is_public_again() -> None:
    writer, holder, third = create_staff(), create_staff(), create_staff()
    technology = TechnologyFactory(trl=6)
    curation.update_technology(technology=technology, by=writer, data={"trl": 8})
    made = curation.move_technology(technology=technology, to=State.ON_HOLD, by=holder)
    assert (made.trl, proposed_changes.waiting_change(technology)) == (8, None)
    made = curation.move_technology(technology=made, to=State.IN_REVIEW, by=third)
    for person in (writer, holder, third):
        with pytest.raises(MoveNotAllowedError):
            curation.move_technology(technology=made, to=State.PUBLISHED, by=person)
    assert curation.move_technology(technology=made, to=State.PUBLISHED, by=create_staff()).state == State.PUBLISHED


def test_still_true_takes_one_person() -> None:
    staff, technology = create_staff(), TechnologyFactory()
    made = curation.move_technology(technology=technology, to=State.PUBLISHED, by=staff)
    assert (made.expires_on is not None, Publication.objects.count()) == (True, 0)


def test_second_source_is_refused_among_what_is_proposed() -> None:
    staff, technology = create_staff(), TechnologyFactory()
    with pytest.raises(curation.SecondSourceError):
        curation.save_text(technology=technology, language="ko", by=staff, data={**TEXTS, "provenance": "source"})


def test_publication_by_one_person_without_a_reason_is_rejected() -> None:
    technology = TechnologyFactory()
    with pytest.raises(IntegrityError, match="publication_by_one_person_has_a_reason"), transaction.atomic():
        Publication.objects.create(technology=technology, kind="review", is_by_one_person=True)


def test_one_change_waits_per_technology() -> None:
    technology = TechnologyFactory()
    ProposedChange.objects.create(technology=technology)
    with pytest.raises(IntegrityError, match="proposed_change_is_one_in_waiting_per_technology"), transaction.atomic():
        ProposedChange.objects.create(technology=technology)


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
