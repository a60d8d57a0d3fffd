"""Each fact is counted as if it had been asked for alone."""

import pytest
from django.db.models import F

from matching.domain.technologies.facet_counts import counts_of_each
from matching.enums import Field, TransferMode
from matching.models import Technology
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db
FACTS = {"field": F("field"), "mode": F("transfer_modes")}


def test_every_fact_is_counted_over_the_same_technologies_by_one_query(django_assert_num_queries):
    TechnologyFactory(field=Field.METALS, transfer_modes=[TransferMode.LICENCE, TransferMode.MANUFACTURING])
    TechnologyFactory(field="", transfer_modes=[TransferMode.LICENCE])
    TechnologyFactory(field=Field.METALS, transfer_modes=[], state="draft")
    with django_assert_num_queries(1):
        counts = counts_of_each(Technology.objects.published(), FACTS)
    assert counts == {"field": {"metals": 1, "": 1}, "mode": {"licence": 2, "manufacturing": 1}}


@pytest.mark.parametrize("facts", [{}, FACTS])
def test_of_no_technologies_nothing_is_counted(facts, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counts_of_each(Technology.objects.filter(pk__in=[]), facts) == {name: {} for name in facts}
