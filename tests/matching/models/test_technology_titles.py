"""What a technology is called, for those who may not read it in the state that it is in."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from matching.domain.technologies import curation, technology_merging
from matching.enums import TechnologyState as State
from matching.models import Technology
from tests.factories.membership import MembershipFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
UNREAD: dict[str, Any] = {"provenance": "source", "title": "Не проверено", "summary": "Кратко"}
NOT_OFFERED = "Technology that is not offered at present"


def title_of(technology: Technology, user: Any = None, language: str = "en") -> tuple[str, str]:
    with translation.override(language):
        title = Technology.objects.get(pk=technology.pk).title_for(user or AnonymousUser())
    return str(title), title.language


def changed_and_taken_away(to: State = State.ON_HOLD) -> Technology:
    """Somebody's proposal goes into the draft when one person takes the profile out of the public."""
    technology = TechnologyFactory(text__title="Проверено")
    TechnologyTextFactory(technology=technology, language="ko", provenance="human", title="검토됨")
    curation.save_text(technology=technology, language="ru", by=create_staff(), data=UNREAD)
    curation.move_technology(technology=technology, to=to, by=create_staff())
    return technology


@pytest.mark.parametrize("to", [State.ON_HOLD, State.ARCHIVED])
def test_title_that_nobody_has_reviewed_is_told_to_the_centre_and_the_confirmed_holder_alone(to: State) -> None:
    technology = changed_and_taken_away(to)
    assert [title_of(technology, language=code) for code in ("en", "ru", "ko")] == [
        *[("Проверено", "ru")] * 2,
        ("검토됨", "ko"),
    ]
    holder = MembershipFactory(organisation=technology.holder).user
    assert [title_of(technology, one) for one in (create_staff(), holder)] == [("Не проверено", "ru")] * 2
    type(technology.holder).objects.filter(pk=technology.holder_id).update(confirmation="withdrawn")
    holder = type(holder).objects.get(pk=holder.pk)
    assert title_of(technology, holder) == title_of(technology, MembershipFactory().user) == ("Проверено", "ru")


def test_title_stays_the_reviewed_one_while_the_draft_is_worked_on() -> None:
    technology = changed_and_taken_away()
    curation.move_technology(technology=technology, to=State.DRAFT, by=create_staff())
    curation.save_text(technology=technology, language="ru", by=create_staff(), data=UNREAD | {"title": "И снова"})
    assert title_of(technology) == ("Проверено", "ru")


def test_title_of_what_was_never_in_the_public_is_not_told() -> None:
    draft = TechnologyFactory(state="draft", published_at=None)
    assert (title_of(draft), title_of(draft, language="ru")[1]) == ((NOT_OFFERED, "en"), "ru")
    assert str(Technology.objects.get(pk=draft.pk)) != draft.texts.get().title


def test_title_of_what_expired_is_the_one_that_was_public() -> None:
    technology = TechnologyFactory(text__title="Проверено", expires_on="2020-01-01")
    curation.save_text(technology=technology, language="ru", by=create_staff(), data=UNREAD)
    assert curation.hold_expired() == 1
    assert title_of(technology) == ("Проверено", "ru")


def test_draft_that_takes_the_place_of_a_known_record_is_told_by_the_known_title() -> None:
    goes = TechnologyFactory(text__title="Известное")
    stays = TechnologyFactory(holder=goes.holder, state="draft", published_at=None)
    technology_merging.merge_technologies(stays=stays, goes=goes, by=create_staff())
    assert (title_of(stays), title_of(goes)) == (("Известное", "ru"),) * 2
