import pytest
from django.db import IntegrityError, transaction

from tests.constraints import constraint_against
from tests.factories.scorer import ScorerVersionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", "3", "v", "v2.", "v2-1", "v2.1.1", "v2.a", "av2"])
def test_name_that_is_no_version_is_rejected(name):
    assert constraint_against(ScorerVersionFactory, name=name) == "scorer_version_name_is_that_of_a_version"


def test_name_is_given_once():
    assert [str(ScorerVersionFactory(name=name)) for name in ("v2", "v2.1", "v12.34")] == ["v2", "v2.1", "v12.34"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ScorerVersionFactory(name="v2.1")
