import pytest
from django.contrib.auth.models import AnonymousUser

from matching.enums import ChangeState, PublicationKind
from matching.models import ProposedChange, Publication
from tests.constraints import constraint_against
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_evaluator, create_staff

pytestmark = pytest.mark.django_db
WAITING = {ChangeState.OPEN, ChangeState.RETURNED}


@pytest.mark.parametrize("state", sorted(WAITING))
def test_one_change_of_a_technology_waits(state):
    technology = TechnologyFactory()
    change = ProposedChange.objects.create(technology=technology, state=state)
    name = "proposed_change_is_one_in_waiting_per_technology"
    assert constraint_against(ProposedChange.objects.create, technology=technology) == name
    ProposedChange.objects.filter(pk=change.pk).update(state=ChangeState.APPROVED)
    ProposedChange.objects.create(technology=technology)


def test_publication_by_one_person_without_a_reason_is_rejected():
    alone = {"technology": TechnologyFactory(), "kind": PublicationKind.COMMAND, "is_by_one_person": True}
    assert constraint_against(Publication.objects.create, **alone) == "publication_by_one_person_has_a_reason"
    Publication.objects.create(**alone, reason="nobody else is here")


def test_only_the_centre_sees_what_is_proposed():
    change = ProposedChange.objects.create(technology=TechnologyFactory())
    people = {"visitor": AnonymousUser(), "evaluator": create_evaluator(), "staff": create_staff()}
    assert {name: set(ProposedChange.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "evaluator": set(),
        "staff": {change},
    }


def test_second_person_has_written_no_part_of_an_open_change():
    author, second = create_staff(), create_staff()
    rows = {state: ProposedChange.objects.create(technology=TechnologyFactory(), state=state) for state in ChangeState}
    rows[ChangeState.OPEN].authors.add(author)
    assert {row.state for row in ProposedChange.objects.waiting()} == WAITING
    assert list(ProposedChange.objects.for_second_person(second)) == [rows[ChangeState.OPEN]]
    assert list(ProposedChange.objects.for_second_person(author)) == []
