from datetime import date, timedelta

import pytest
from django.utils import timezone

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.technologies import curation
from matching.enums import TechnologyState as State
from matching.models import ProposedChange, Technology
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def create(by, **text):
    texts = {"ru": {"provenance": "source", "title": "Провод", "summary": "Кратко.", **text}}
    return curation.create_technology(by=by, data={"trl": 5, "country": "RU"}, texts=texts)


def test_create_technology_makes_a_draft_of_its_writer():
    staff = create_staff()
    made = create(staff)
    assert (made.state, made.owner, made.source_language, made.revision, made.working_title) == (
        State.DRAFT,
        staff,
        "ru",
        1,
        "Провод",
    )
    assert made.history.get().history_user == staff


def test_update_technology_counts_a_revision_only_for_a_change():
    staff = create_staff()
    made = create(staff)
    same = curation.update_technology(technology=made, by=staff, data={"trl": 5}, expected_revision=1)
    changed = curation.update_technology(technology=made, by=staff, data={"trl": 7}, expected_revision=1)
    assert (same.revision, changed.revision, made.history.count()) == (1, 2, 2)


def test_update_technology_refuses_a_stale_form():
    staff = create_staff()
    made = create(staff)
    curation.update_technology(technology=made, by=staff, data={"trl": 7})
    with pytest.raises(StaleRevisionError):
        curation.update_technology(technology=made, by=staff, data={"trl": 8}, expected_revision=1)


def test_save_text_adds_a_translation():
    staff = create_staff()
    made = create(staff)
    data = {"provenance": "human", "title": "선재"}
    text = curation.save_text(technology=made, language="ko", by=staff, data=data, expected_revision=1)
    made.refresh_from_db()
    assert (text.title, made.revision, made.source_language) == ("선재", 2, "ru")


def test_save_text_refuses_a_second_source():
    staff = create_staff()
    made = create(staff)
    with pytest.raises(curation.SecondSourceError):
        curation.save_text(technology=made, language="ko", by=staff, data={"provenance": "source", "title": "선재"})


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_move_technology_follows_the_table(state, to):
    made = TechnologyFactory(state=state, submitted_by=create_staff())
    if curation.MOVES.allows(state, to):
        assert curation.move_technology(technology=made, to=to, by=create_staff()).state == to
    else:
        with pytest.raises(MoveNotAllowedError):
            curation.move_technology(technology=made, to=to, by=create_staff())


@pytest.mark.parametrize("create_person", [create_staff, create_programme_admin])
def test_the_one_who_submitted_cannot_publish(create_person):
    writer, checker = create_person(), create_staff()
    made = create(writer)
    made = curation.move_technology(technology=made, to=State.IN_REVIEW, by=writer)
    with pytest.raises(MoveNotAllowedError):
        curation.move_technology(technology=made, to=State.PUBLISHED, by=writer)
    made = curation.move_technology(technology=made, to=State.PUBLISHED, by=checker)
    assert (made.submitted_by, made.reviewed_by, made.published_at is not None) == (writer, checker, True)


def test_the_one_who_changed_it_during_the_review_cannot_publish():
    writer, checker = create_staff(), create_staff()
    made = curation.move_technology(technology=create(writer), to=State.IN_REVIEW, by=writer)
    curation.save_text(technology=made, language="ru", by=checker, data={"title": "Иначе"})
    made.refresh_from_db()
    for person in (checker, writer):
        with pytest.raises(MoveNotAllowedError):
            curation.move_technology(technology=made, to=State.PUBLISHED, by=person)
    third = create_staff()
    assert curation.move_technology(technology=made, to=State.PUBLISHED, by=third).reviewed_by == third


def test_who_sent_it_for_review_does_not_publish_it_whoever_changes_it_meanwhile():
    writer, sender, changer = create_staff(), create_staff(), create_staff()
    made = curation.move_technology(technology=create(writer), to=State.IN_REVIEW, by=sender)
    curation.save_text(technology=made, language="ru", by=changer, data={"title": "Иначе,"})
    made.refresh_from_db()
    for person in (writer, sender, changer):
        with pytest.raises(MoveNotAllowedError):
            curation.move_technology(technology=made, to=State.PUBLISHED, by=person)
    curation.move_technology(technology=made, to=State.PUBLISHED, by=create_staff())


def test_publishing_sets_an_expiry_and_confirming_renews_it():
    made = TechnologyFactory(state=State.PUBLISHED, expires_on=date(2020, 1, 1))
    renewed = curation.move_technology(technology=made, to=State.PUBLISHED, by=create_staff())
    assert renewed.expires_on > date.today()


def test_a_profile_without_summary_is_not_sent_for_review():
    staff = create_staff()
    made = create(staff, summary="")
    with pytest.raises(MoveNotAllowedError):
        curation.move_technology(technology=made, to=State.IN_REVIEW, by=staff)


def test_year_after_a_leap_day():
    assert curation.year_after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_completeness_says_what_is_missing():
    made = Technology.objects.prefetch_related("texts").get(pk=create(create_staff()).pk)
    assert [code for code, is_done in curation.completeness(made) if is_done] == [
        "country",
        "trl",
        "summary",
        "text_ru",
    ]


def test_hold_expired_hides_what_nobody_confirmed_in_time():
    today = timezone.localdate()
    expired = TechnologyFactory(expires_on=today - timedelta(days=1))
    last_day = TechnologyFactory(expires_on=today)
    undated = TechnologyFactory()

    held = curation.hold_expired()

    states = dict(Technology.objects.values_list("id", "state"))
    assert (held, states) == (
        1,
        {
            expired.pk: State.ON_HOLD,
            last_day.pk: State.PUBLISHED,
            undated.pk: State.PUBLISHED,
        },
    )
    assert expired.history.first().history_user is None


def test_hold_expired_leaves_out_what_cannot_be_held_and_notes_it(caplog):
    past = timezone.localdate() - timedelta(days=1)
    bad, good = TechnologyFactory(expires_on=past, trl=5), TechnologyFactory(expires_on=past)
    ProposedChange.objects.create(technology=bad, facts={"trl": 99})
    assert curation.hold_expired() == 1
    told = [record.getMessage() for record in caplog.records if record.name == curation.__name__]
    assert (dict(Technology.objects.values_list("id", "state")), told) == (
        {bad.pk: State.PUBLISHED, good.pk: State.ON_HOLD},
        [f"Technology {bad.pk} has expired and cannot be held."],
    )
