"""The curators' list: what is whose, what grows old, what lacks a language."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from matching.enums import TechnologyState
from matching.filters.curation import TechnologyManageFilter
from matching.models import Technology
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def found(address: str) -> set[Technology]:
    return set(TechnologyManageFilter(QueryDict(address), queryset=Technology.objects.all()).qs)


def test_everything_is_listed_while_nothing_is_asked_for():
    rows = {TechnologyFactory(state=state) for state in (TechnologyState.DRAFT, TechnologyState.ARCHIVED)}
    assert found("") == rows


def test_own_those_of_nobody_and_a_state_are_found():
    staff = create_staff()
    own, nobodys = TechnologyFactory(owner=staff), TechnologyFactory(state=TechnologyState.DRAFT)
    assert [found(f"owner={staff.pk}"), found("owner=null"), found("state=draft")] == [{own}, {nobodys}, {nobodys}]


def test_day_of_expiry_is_still_valid_and_sixty_days_before_it_is_time():
    today = timezone.localdate()
    rows = {days: TechnologyFactory(expires_on=today + timedelta(days=days)) for days in (-1, 0, 60, 61)}
    TechnologyFactory(expires_on=None)
    assert [found("age=expired"), found("age=expiring")] == [{rows[-1]}, {rows[0], rows[60]}]


def test_what_nobody_changed_for_a_year_is_stale():
    stale, fresh = TechnologyFactory(), TechnologyFactory()
    for row, days in ((stale, 366), (fresh, 364)):
        Technology.objects.filter(pk=row.pk).update(updated_at=timezone.now() - timedelta(days=days))
    assert found("age=stale") == {stale}


def test_those_without_a_text_in_a_language_are_found():
    both, russian, without = TechnologyFactory(), TechnologyFactory(), TechnologyFactory(text=False)
    TechnologyTextFactory(technology=both, language="ko", provenance="human")
    assert [found("missing=ko"), found("missing=ru")] == [{russian, without}, {without}]


def test_words_are_all_in_one_title_or_in_the_holder_or_the_external_id():
    wire = TechnologyFactory(text__title="Аморфный провод", external_id="RU-77")
    tape = TechnologyFactory(text__title="Аморфная лента", holder=InstituteFactory(name_ru="Завод Провод"))
    split = TechnologyFactory(text__title="Аморфный слиток")
    TechnologyTextFactory(technology=split, language="en", provenance="human", title="провод")
    assert [found("q=аморфный провод"), found("q=завод"), found("q=ru-77"), found("q=провод")] == [
        {wire},
        {tape},
        {wire},
        {wire, tape, split},
    ]
