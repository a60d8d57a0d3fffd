import pytest
from django.db.models import F

from matching.domain import sweeping
from matching.domain.index import indexing
from matching.domain.matches import matchmaking
from matching.domain.runs.scoring_progress import scoring_state
from matching.models import Demand, IndexRecord, Passage, ScoringRecord
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

pytestmark = pytest.mark.django_db


def test_need_that_cannot_be_scored_holds_up_no_other(fake_embedder, monkeypatch):
    older, newer = DemandFactory(), DemandFactory()
    score = matchmaking.score_demand

    def fail_for_newer(*, demand_id):
        if demand_id == newer.pk:
            raise ValueError("a text that nobody thought of")
        return score(demand_id=demand_id)

    monkeypatch.setattr(matchmaking, "score_demand", fail_for_newer)
    assert sweeping.sweep_needs() is False
    assert [scoring_state(demand) for demand in (older, newer)] == ["ready", "waiting"]


def test_need_that_changes_while_it_is_scored_is_scored_once_more(fake_embedder, monkeypatch):
    demand, score, seen = DemandFactory(), sweeping._score, []

    def score_slowly(record):
        seen.append(record.revision)
        score(record)
        if len(seen) == 1:
            # Its own sweep finds the record held, and passes by.
            Demand.objects.update(revision=F("revision") + 1)

    monkeypatch.setattr(sweeping, "_score", score_slowly)
    assert sweeping.sweep_needs() is False
    demand.refresh_from_db()
    assert (len(seen), ScoringRecord.objects.get(demand=demand).revision) == (2, demand.revision)


def test_sweep_that_has_no_time_left_says_that_there_is_more_to_do(fake_embedder, monkeypatch):
    demand = DemandFactory()
    monkeypatch.setattr(sweeping, "SECONDS", -1.0)
    seen = [(sweeping.sweep_needs(), scoring_state(demand))]
    monkeypatch.setattr(sweeping, "SECONDS", float("inf"))
    seen.append((sweeping.sweep_needs(), scoring_state(demand)))
    assert seen == [(True, "waiting"), (False, "ready")]


def test_technology_that_cannot_be_indexed_holds_up_no_other_and_is_not_tried_without_end(fake_embedder, monkeypatch):
    bad, good = TechnologyFactory(), TechnologyFactory()
    index = indexing.index_technologies

    def fail_for_bad(*, technology_ids, encoder):
        if bad.pk in technology_ids:
            raise ValueError("a text that nobody thought of")
        index(technology_ids=technology_ids, encoder=encoder)

    monkeypatch.setattr(indexing, "index_technologies", fail_for_bad)
    sweeps = 0
    while sweeping.sweep_technologies() and sweeps < 10:
        sweeps += 1
    assert sweeps < 10
    assert set(Passage.objects.values_list("record__technology", flat=True)) == {good.pk}


def test_what_is_not_published_is_indexed_last_and_not_scored():
    draft, published = TechnologyFactory(state="draft"), TechnologyFactory()
    steps = 0
    while sweeping.sweep_technologies():
        steps += 1
        indexed = set(IndexRecord.objects.filter(revision__gt=0).values_list("technology_id", flat=True))
        if draft.id in indexed:
            break
    assert (indexed, steps > 1) == ({draft.id, published.id}, True)
    sweep_technologies()
    assert list(ScoringRecord.objects.values_list("technology_id", flat=True)) == [published.id]
