import pytest

from matching import embedding
from matching.domain import matchmaking, sweeping
from matching.domain.queries import scoring_state
from tests.factories.demand import DemandFactory
from tests.matching.fake_embedder import FakeEmbedder

pytestmark = pytest.mark.django_db


def test_need_that_cannot_be_scored_holds_up_no_other(monkeypatch):
    fake = FakeEmbedder()
    monkeypatch.setattr(embedding, "_load", lambda setting: fake)
    older, newer = DemandFactory(), DemandFactory()
    score = matchmaking.score_demand

    def fail_for_newer(*, demand_id):
        if demand_id == newer.pk:
            raise ValueError("a text that nobody thought of")
        return score(demand_id=demand_id)

    monkeypatch.setattr(matchmaking, "score_demand", fail_for_newer)
    assert sweeping.sweep_needs() is False
    assert [scoring_state(demand) for demand in (older, newer)] == ["ready", "waiting"]
