import pytest
from django.utils.translation import override

from accounts.models import Organisation
from kr_ru_platform.words.history import FieldChange, changes_between, kind_of, names_of
from tests.factories.demand import DemandFactory
from tests.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demand():
    """Of one company and then of another, with two more changes."""
    demand = DemandFactory(title="첫째", minimum_trl=None, preferences={})
    demand.organisation, demand.title, demand.minimum_trl = OrganisationFactory(), "둘째", 4
    demand.save()
    return demand


@pytest.fixture
def versions(demand):
    return list(demand.history.order_by("history_id"))


def told(versions, **how):
    with override("en"):
        return changes_between(*versions, **{"untold": {"updated_at", "organisation"}, "names": {}} | how)


def test_changed_fields_are_told_in_words_and_the_others_not_at_all(versions) -> None:
    assert told(versions) == [
        FieldChange("title", "첫째", "둘째"),
        FieldChange("required readiness (TRL)", "–", "4"),
    ]


def test_code_is_told_in_the_words_that_were_given_for_it(versions) -> None:
    words = {"minimum_trl": lambda value: f"TRL {value}" if value else ""}
    assert told(versions, words=words, untold={"updated_at", "organisation", "title"}) == [
        FieldChange("required readiness (TRL)", "–", "TRL 4")
    ]


def test_row_behind_a_key_is_named_or_else_numbered(versions) -> None:
    former, later = (version.organisation_id for version in versions)
    names = names_of(versions[1:], {Organisation})
    assert names == {(Organisation, later): str(Organisation.objects.get(pk=later))}
    assert told(versions, names=names, untold={"updated_at", "title", "minimum_trl"}) == [
        FieldChange("company", f"#{former}", names[Organisation, later])
    ]


def test_names_are_read_together_and_of_these_models_only(versions, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert len(names_of(versions, {Organisation})) == 2
    with django_assert_num_queries(0):
        assert names_of(versions, set()) == {}


def test_kind_of_a_version_is_what_was_done_to_the_row(demand) -> None:
    history = demand.history.model.objects
    demand.delete()
    assert [kind_of(version) for version in history.order_by("history_id")] == ["created", "changed", "deleted"]


@pytest.mark.parametrize(
    ("before", "after", "is_long"), [("a" * 120, "", False), ("a" * 121, "", True), ("", "a" * 121, True)]
)
def test_change_is_long_when_either_side_is(before: str, after: str, is_long: bool) -> None:
    assert FieldChange("title", before, after).is_long is is_long
