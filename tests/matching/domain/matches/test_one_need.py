"""The score of one need: what the worker stores, without storing it."""

import pytest

from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches.matchmaking import score_demand
from matching.domain.matches.one_need import job_of, score
from matching.models import Match, ScoringRecord
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db


def test_scoring_finds_what_the_worker_stores_and_writes_nothing(fake_embedder: FakeEmbedder) -> None:
    TechnologyFactory(trl=3), TechnologyFactory(trl=9)
    demand = DemandFactory(minimum_trl=9)
    sweep()
    job = job_of(demand, current_space(index_encoder()))
    stored = {
        match.technology_id: (match.score, match.components) for match in score_demand(demand_id=demand.pk, minimum=0.0)
    }
    before = list(Match.objects.order_by("pk").values()), list(ScoringRecord.objects.order_by("pk").values())

    assert job is not None
    found = score(job, current_space(index_encoder()), 0.0)

    assert len(stored) == 2
    assert {match.technology_id: (match.score, match.components) for match in found.matches} == stored
    record = ScoringRecord.objects.get(demand=demand)
    assert (found.candidates_count, found.term_weights) == (record.candidates, record.term_weights)
    assert (list(Match.objects.order_by("pk").values()), list(ScoringRecord.objects.order_by("pk").values())) == before


def test_a_need_that_is_not_indexed_is_not_scored(fake_embedder: FakeEmbedder) -> None:
    TechnologyFactory()
    sweep()
    assert job_of(DemandFactory(), current_space(index_encoder())) is None
