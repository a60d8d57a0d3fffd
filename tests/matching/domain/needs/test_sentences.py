"""What people say of the sentences of a demand is kept as what differs from how they read by themselves."""

import pytest

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.index.indexing import index_encoder
from matching.domain.needs.sentences import forget_what_counts, say_what_counts
from matching.domain.texts.indexed_texts import text_hash
from matching.models import Demand
from tests.factories.demand import DemandFactory
from tests.factories.needs import make_read
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
ABOUT_US, NEED = "당사는 밸브 제조사입니다.", "도금이 벗겨집니다."


@pytest.fixture
def demand() -> Demand:
    demand = DemandFactory(title=NEED.rstrip("."), problem=f"{ABOUT_US} {NEED}", wanted_result="")
    make_read(demand, {ABOUT_US: 0.08, NEED: 0.9}, encoder=index_encoder())
    return demand


def said(demand: Demand) -> tuple[dict[str, bool], int]:
    demand.refresh_from_db()
    return demand.sentence_choices, demand.revision


def test_only_what_differs_is_kept_and_the_demand_is_read_anew(demand: Demand) -> None:
    staff = create_staff()
    before = demand.revision
    say_what_counts(demand=demand, by=staff, positions=[1], expected_revision=before)
    assert said(demand) == ({text_hash(ABOUT_US): True, text_hash(NEED): False}, before + 1)
    assert demand.history.first().history_user == staff


def test_what_reads_so_by_itself_changes_nothing(demand: Demand) -> None:
    before = demand.revision
    say_what_counts(demand=demand, by=create_staff(), positions=[2], expected_revision=before)
    assert said(demand) == ({}, before)


def test_back_to_how_it_reads_by_itself(demand: Demand) -> None:
    before = demand.revision
    say_what_counts(demand=demand, by=create_staff(), positions=[1, 2], expected_revision=before)
    forget_what_counts(demand=demand, by=create_staff())
    assert said(demand) == ({}, before + 2)


def test_who_saw_another_text_decides_nothing(demand: Demand) -> None:
    with pytest.raises(StaleRevisionError):
        say_what_counts(demand=demand, by=create_staff(), positions=[1], expected_revision=demand.revision - 1)
    with pytest.raises(ValueError, match="7"):
        say_what_counts(demand=demand, by=create_staff(), positions=[7], expected_revision=demand.revision)
    assert said(demand) == ({}, demand.revision)


def test_only_an_open_demand_is_read_anew(demand: Demand) -> None:
    Demand.objects.filter(pk=demand.pk).update(state="closed")
    with pytest.raises(MoveNotAllowedError):
        say_what_counts(demand=demand, by=create_staff(), positions=[1], expected_revision=demand.revision)
    assert said(demand) == ({}, demand.revision)
