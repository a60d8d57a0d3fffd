"""Which records of the index stand for what is written now."""

from typing import Any

import pytest

from matching.enums import Audience
from matching.models import IndexRecord
from matching.models.text_index import LEXEME_COLUMNS, WIDEST_READERS
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db
FACTORIES = {"technology": TechnologyFactory, "demand": DemandFactory, "profile": CompanyProfileFactory}


def read(encoder: str = "new/i1", **owner: Any) -> IndexRecord:
    """Made from the row's third revision."""
    return IndexRecord.objects.create(**owner, revision=3, encoder=encoder, text_hash="")


def test_current_records_are_those_of_each_kind_of_row_as_it_is_now() -> None:
    current = {read(**{name: factory(revision=3)}) for name, factory in FACTORIES.items()}
    for name, factory in FACTORIES.items():
        # Written again since, and put back to what it was before.
        read(**{name: factory(revision=4)}), read(**{name: factory(revision=2)})
    assert set(IndexRecord.objects.current()) == current


def test_current_records_of_published_technologies_are_counted_once_for_each_encoder() -> None:
    technology = TechnologyFactory(revision=3)
    kept = {read(encoder, technology=technology) for encoder in ("new/i1", "old/i1")}
    for state in ("draft", "on_hold", "archived"):
        read(technology=TechnologyFactory(revision=3, state=state))
    read(technology=TechnologyFactory(revision=4)), read(demand=DemandFactory(revision=3))
    published = IndexRecord.objects.of_published().current()
    assert set(published) == kept
    assert published.filter(encoder="new/i1").count() == 1


def test_every_audience_has_its_column_of_lexemes_and_each_goes_up_to_its_widest_reader():
    assert set(LEXEME_COLUMNS) == set(Audience)
    assert WIDEST_READERS == {
        "public_lexemes": Audience.PUBLIC,
        "member_lexemes": Audience.MEMBERS,
        "full_lexemes": Audience.CENTRE,
    }
