"""Whoever protects a profile does not leave the protected text in what everybody reads of it."""

from typing import Any

import pytest

from accounts.errors import MergeObstacleError
from kr_ru_platform.saving.errors import MoveNotAllowedError, Refusal
from matching.domain.technologies import curation, proposed_changes
from matching.domain.technologies.teasers import TeaserRepeatsError, refusal_of_teaser, repeating_parts
from matching.domain.technologies.technology_merging import merge_technologies
from matching.enums import DisclosureLevel, TechnologyRefusal, TechnologyState
from matching.models import Technology, TechnologyText
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

SECRET = "Ванна при 731 градусе. Второе предложение."
MADE: dict[str, str] = {"text__summary": SECRET, "text__description": SECRET}
SUMMARY = Refusal(TechnologyRefusal.SUMMARY_REPEATS, {"language": "러시아어"})


def text(title: str, summary: str, description: str = SECRET) -> TechnologyText:
    return TechnologyText(language="ru", title=title, summary=summary, description=description)


@pytest.mark.parametrize(
    ("title", "summary", "found"),
    [
        ("Ванна", "Об обработке в ванне.", set()),
        ("Ванна", SECRET, {"summary"}),
        ("Ванна", SECRET.replace(" Второе", "\n\nВторое"), {"summary"}),
        (SECRET, "Об обработке в ванне.", {"title"}),
        (SECRET, SECRET, {"title", "summary"}),
    ],
)
def test_parts_that_repeat_the_description(title: str, summary: str, found: set[str]) -> None:
    assert repeating_parts(text(title, summary)) == found


def test_nothing_repeats_an_empty_description_and_only_protected_profiles_are_refused() -> None:
    assert repeating_parts(text("", "", "")) == set()
    texts = [text("Ванна", SECRET)]
    assert [refusal_of_teaser(level, texts) for level in DisclosureLevel if level != DisclosureLevel.PUBLIC] == [
        SUMMARY
    ] * 2
    assert refusal_of_teaser(DisclosureLevel.PUBLIC, texts) is None
    title = refusal_of_teaser(DisclosureLevel.NDA, [text(SECRET, "Об обработке.")])
    assert title == Refusal(TechnologyRefusal.TITLE_REPEATS, {"language": "러시아어"})


def raised(technology: Technology, level: str = "nda") -> Any:
    return curation.update_technology(technology=technology, by=create_staff(), data={"disclosure": level})


@pytest.mark.django_db
@pytest.mark.parametrize("state", [TechnologyState.DRAFT, TechnologyState.PUBLISHED])
@pytest.mark.parametrize(("former", "level"), [("public", "members"), ("public", "nda"), ("members", "nda")])
def test_level_is_not_raised_over_a_teaser_that_repeats_the_text(state: str, former: str, level: str) -> None:
    technology = TechnologyFactory(state=state, disclosure=former, **MADE)
    with pytest.raises(TeaserRepeatsError) as error:
        raised(technology, level)
    assert (error.value.part, error.value.refusal) == ("summary", SUMMARY)
    technology.refresh_from_db()
    assert (technology.disclosure, technology.revision) == (former, 1)
    technology.texts.update(summary="Об обработке в ванне.")
    assert raised(technology, level).disclosure == level


@pytest.mark.django_db
def test_protected_profile_with_such_a_teaser_goes_neither_to_review_nor_into_the_public() -> None:
    technology = TechnologyFactory(state=TechnologyState.DRAFT, disclosure="nda", **MADE)
    moves = [(TechnologyState.DRAFT, TechnologyState.IN_REVIEW), (TechnologyState.IN_REVIEW, TechnologyState.PUBLISHED)]
    for state, to in moves:
        Technology.objects.update(state=state)
        with pytest.raises(MoveNotAllowedError) as error:
            curation.move_technology(technology=technology, to=to, by=create_staff())
        assert error.value.refusal == SUMMARY
    curation.save_text(technology=technology, language="ru", by=create_staff(), data={"summary": "Об обработке."})
    moved = curation.move_technology(technology=technology, to=TechnologyState.PUBLISHED, by=create_staff())
    assert moved.state == TechnologyState.PUBLISHED


@pytest.mark.django_db
def test_such_a_teaser_is_not_proposed_for_a_published_profile() -> None:
    technology = TechnologyFactory(disclosure="members")
    with pytest.raises(TeaserRepeatsError):
        curation.save_text(
            technology=technology,
            language="ru",
            by=create_staff(),
            data={"summary": SECRET, "description": SECRET},
        )
    assert proposed_changes.waiting_change(technology) is None


@pytest.mark.django_db
def test_what_was_proposed_while_all_was_public_is_not_approved_once_it_is_protected() -> None:
    technology = TechnologyFactory(disclosure="public")
    data = {"summary": SECRET, "description": SECRET}
    curation.save_text(technology=technology, language="ru", by=create_staff(), data=data)
    raised(technology)
    change = proposed_changes.waiting_change(technology)
    assert change is not None
    with pytest.raises(MoveNotAllowedError) as error:
        proposed_changes.approve_change(change=change, by=create_staff(), expected_revision=change.technology.revision)
    assert error.value.refusal == SUMMARY


@pytest.mark.django_db
def test_record_that_a_merge_would_protect_says_what_has_to_be_written_first() -> None:
    stays = TechnologyFactory(disclosure="public", **MADE)
    goes = TechnologyFactory(disclosure="nda", holder=stays.holder, source_language="ko")
    with pytest.raises(MergeObstacleError) as error:
        merge_technologies(stays=stays, goes=goes, by=create_staff(), take_texts=frozenset({"ko"}))
    assert error.value.obstacles == [SUMMARY]
    stays.refresh_from_db()
    assert (stays.disclosure, proposed_changes.waiting_change(stays)) == ("public", None)
