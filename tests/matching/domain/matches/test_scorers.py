"""Which scorer counts, and what a switch does to the scores."""

from math import fsum
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking
from matching.domain.matches.scorers import (
    active_scorer,
    all_scorers,
    propose_scorer,
    scorer_named,
    switch_scorer,
)
from matching.domain.needs.demands import set_preferences
from matching.domain.runs import scoring_runs
from matching.models import Match, ScorerSwitch, ScorerVersion, ScoringRecord
from matching.scoring.weights import CURRENT, SCORERS, WEIGHTS, Scorer, ScorerStamp
from tests.factories.demand import DemandFactory
from tests.factories.scorer import READY_FIRST, ScorerVersionFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db


def test_the_code_s_own_scorer_counts_until_somebody_switches() -> None:
    ScorerVersionFactory()
    assert active_scorer() == SCORERS[CURRENT]


def test_the_last_switch_counts_and_one_can_go_back() -> None:
    version, by = ScorerVersionFactory(), UserFactory()
    found = []
    for name in (version.name, version.name, "v1", version.name, CURRENT):
        switch_scorer(to=name, by=by)
        found.append(active_scorer().name)
    assert found == [version.name, version.name, "v1", version.name, CURRENT]
    switches = ScorerSwitch.objects.order_by("id").values_list("version__name", "switched_by")
    assert list(switches) == [(name, by.pk) for name in (version.name, "v1", version.name, CURRENT)]
    assert active_scorer() == SCORERS[CURRENT]


def test_a_switch_to_something_unknown_changes_nothing() -> None:
    with pytest.raises(LookupError):
        switch_scorer(to="v99", by=UserFactory())
    assert ScorerVersion.objects.count() == 0


def test_a_version_whose_formula_is_gone_cannot_be_switched_to() -> None:
    ScorerVersionFactory(name="v0.1", formula="v0")
    with pytest.raises(LookupError):
        switch_scorer(to="v0.1", by=UserFactory())


def test_proposals_are_numbered_by_formula_and_are_not_in_force() -> None:
    figures = {"decisions": 80}
    names = [propose_scorer(formula=formula, weights=READY_FIRST, figures=figures).name for formula in ("v1", CURRENT)]
    names += [propose_scorer(formula="v1", weights=WEIGHTS["v1"], figures={}).name for _ in range(10)]
    assert names == ["v1.1", f"{CURRENT}.1", *(f"v1.{n}" for n in range(2, 12))]
    assert active_scorer() == SCORERS[CURRENT]
    assert scorer_named(f"{CURRENT}.1") == Scorer(f"{CURRENT}.1", CURRENT, READY_FIRST)
    assert [*all_scorers()] == [*SCORERS, *names]


def test_parts_stand_in_the_order_of_the_code_s_table() -> None:
    version = ScorerVersionFactory(weights=dict(sorted(READY_FIRST.items())))
    assert [*all_scorers()[version.name].weights] == [*WEIGHTS[CURRENT]]


@pytest.mark.parametrize("name", ["tuned", "v2-1", "v2.1+", ""])
def test_a_name_that_would_be_misread_in_a_scorer_version_is_rejected(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ScorerVersionFactory(name=name)


@pytest.mark.parametrize("name", ["v2", "v2.1"])
def test_the_name_can_be_had_back_from_the_scorer_version(name: str) -> None:
    space = current_space(index_encoder())
    version = matchmaking.scorer_version(space, scorer=Scorer(name, CURRENT, {}))
    stamps = [ScorerStamp.read(text) for text in (version, version + "+p1234abcd")]
    assert [(stamp.scorer, stamp.space) for stamp in stamps] == [(name, space.version)] * 2


# What a switch does to the scores


@pytest.fixture
def scored(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> Match:
    list_from(monkeypatch, 0.0)
    TechnologyFactory(trl=9)
    DemandFactory(minimum_trl=5)
    sweep()
    return Match.objects.get()


def facts(match: Match) -> tuple[str, list[float], list[float]]:
    assert match.score == fsum(part["contribution"] for part in match.components)
    weights = [part["weight"] for part in match.components]
    return match.scorer_name, weights, [part["value"] for part in match.components]


def test_after_a_switch_every_score_is_made_anew_with_the_new_weights(scored: Match) -> None:
    name, weights, values = facts(scored)
    assert (name, weights) == (CURRENT, [*WEIGHTS[CURRENT].values()])
    version, by = ScorerVersionFactory(), UserFactory()
    assert matchmaking.stale_needs().count() == 0
    switch_scorer(to=version.name, by=by)
    assert matchmaking.stale_needs().count() == 1
    # Old answers stay until the worker has mended them.
    assert facts(Match.objects.get())[:2] == (CURRENT, weights)
    sweep()
    assert facts(Match.objects.get()) == (version.name, [*READY_FIRST.values()], values)
    switch_scorer(to=CURRENT, by=by)
    sweep()
    assert facts(Match.objects.get()) == (CURRENT, weights, values)


def test_weights_put_the_list_in_another_order_and_list_the_same(scored: Match, monkeypatch: Any) -> None:
    """A pair that is chance by the formula's own weights stays out, however well the facts fit."""
    listing = fsum(part["contribution"] for part in scored.components)
    version = ScorerVersionFactory()
    switch_scorer(to=version.name, by=UserFactory())
    found = []
    for minimum in (listing - 0.001, listing + 0.001):
        list_from(monkeypatch, minimum)
        sweep_anew()
        one_by_one = [match.scorer_name for match in Match.objects.all()]
        sweep_anew(together=True)
        found.append((one_by_one, [match.scorer_name for match in Match.objects.all()]))
    assert found == [([version.name], [version.name]), ([], [])]


def sweep_anew(*, together: bool = False) -> None:
    ScoringRecord.objects.filter(demand__isnull=False).update(scorer_version="")
    if together:
        assert scoring_runs.start_run(anew=True)
        while scoring_runs.continue_run():
            pass
    sweep()


def test_another_formula_gives_other_values(scored: Match) -> None:
    switch_scorer(to="v1", by=UserFactory())
    sweep()
    name, weights, values = facts(Match.objects.get())
    assert (name, weights) == ("v1", [*WEIGHTS["v1"].values()])
    assert values != facts(scored)[2]


def test_preferences_bend_the_weights_that_count(scored: Match) -> None:
    version = ScorerVersionFactory()
    switch_scorer(to=version.name, by=UserFactory())
    sweep()
    set_preferences(demand=scored.demand, by=UserFactory(), preferences={"readiness": "less"})
    bent = facts(Match.objects.get())
    sweep()
    assert facts(Match.objects.get()) == bent
    halved = READY_FIRST | {"readiness": READY_FIRST["readiness"] / 2}
    assert bent[1] == pytest.approx([weight / fsum(halved.values()) for weight in halved.values()])
    assert bent[0] == version.name
