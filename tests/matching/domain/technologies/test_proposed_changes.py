"""A change to what the public reads waits for a second person."""

from typing import Any

import pytest

from accounts.domain.organisations.merging import merge_organisations
from accounts.models import User
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.technologies import curation, proposed_changes
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


def test_second_source_is_refused_among_what_is_proposed() -> None:
    staff, technology = create_staff(), TechnologyFactory()
    with pytest.raises(curation.SecondSourceError):
        curation.save_text(technology=technology, language="ko", by=staff, data={**TEXTS, "provenance": "source"})


@pytest.mark.parametrize("is_late", [False, True])
def test_proposed_holder_that_is_merged_into_another_leads_to_that_one(is_late: bool) -> None:
    goes, stays, technology = InstituteFactory(), InstituteFactory(), TechnologyFactory()
    gone = goes.pk
    curation.update_technology(technology=technology, by=create_staff(), data={"holder": goes})
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    change = change_of(technology)
    assert change.facts == {"holder": stays.pk}
    if is_late:  # Written while they were merged.
        change.facts = {"holder": gone}
        change.save()
    assert proposed_changes.overlaid_facts(technology, change).holder == stays
    approve(technology, create_staff())
    assert Technology.objects.get(pk=technology.pk).holder == stays
