"""Rows written by COPY are those that Django would have written."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from matching.benchmark.catalogue.copying import Copier
from matching.models import Demand, IndexRecord, Passage, Technology
from tests.factories.demand import DemandFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)


def test_copied_row_equals_a_saved_one_in_every_column() -> None:
    values = {
        "organisation_id": OrganisationFactory().pk,
        "language": "ko",
        "title": "니켈 сорбент «x»\t\\N",
        "problem": "y",
        "field": "metals",
        "minimum_trl": None,
        "transfer_modes": ["licence", "joint_development"],
        "state": "open",
        "opened_at": NOW,
    }
    saved = Demand.objects.create(**values)
    Demand.objects.filter(pk=saved.pk).update(created_at=NOW, updated_at=NOW)
    expected = Demand.objects.filter(pk=saved.pk).values().get()
    copier = Copier(Demand, NOW)
    copier.add(id=saved.pk + 1, **values)
    copier.flush()
    assert Demand.objects.filter(pk=saved.pk + 1).values().get() == expected | {"id": saved.pk + 1}


def test_rows_are_numbered_and_the_next_one_comes_after_them() -> None:
    company = OrganisationFactory().pk
    copier = Copier(Demand, NOW)
    for title in ("one", "two"):
        copier.add(organisation_id=company, language="en", title=title, problem=".", state="open", opened_at=NOW)
    copier.close()
    assert list(Demand.objects.order_by("id").values_list("id", "title")) == [(1, "one"), (2, "two")]
    assert DemandFactory().pk == 3


def test_lexemes_numbers_and_vectors_arrive_as_they_were() -> None:
    technology = TechnologyFactory()
    records, passages = Copier(IndexRecord, NOW), Copier(Passage, NOW)
    lexemes = sorted("n:two words|r:сорбент".encode().split(b"|"))
    values = {"revision": 1, "encoder": "e", "text_hash": ""}
    records.add(technology_id=technology.pk, **values, member_lexemes=lexemes, term_ids=[-5, 7, 2**31 - 1])
    vector = np.array([0.5, -0.25, 1.0], dtype=">f2")
    common = {"language": "ru", "audience": 10, "position": 1, "text": "x"}
    passages.add(record_id=records.count, **common, vector=vector.tobytes())
    records.flush(), passages.flush()
    record = IndexRecord.objects.get(technology=technology)
    assert (record.public_lexemes, record.member_lexemes) == ("", "'n:two words' 'r:сорбент'")
    assert record.term_ids == [-5, 7, 2**31 - 1]
    assert Passage.objects.get(record=record).vector == [0.5, -0.25, 1.0]


def test_a_column_of_a_kind_that_is_not_known_here_is_refused() -> None:
    with pytest.raises(TypeError, match="matching_technology.expires_on has no binary form"):
        Copier(Technology, NOW).add(expires_on=date(2026, 1, 1))
