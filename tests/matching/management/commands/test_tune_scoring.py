"""The command on decisions whose weights are known."""

import json
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from matching.domain.matches.scorers import active_scorer, switch_scorer
from matching.enums import Verdict
from matching.models import Demand, Feedback, ScorerSwitch, ScorerVersion, Technology
from matching.scoring.weights import CURRENT, SCORERS, WEIGHTS
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db
READY = dict.fromkeys(WEIGHTS[CURRENT], 0.05) | {"readiness": 1 - 0.05 * (len(WEIGHTS[CURRENT]) - 1)}


def decide(*, planted: dict[str, float], needs: int, each: int = 4) -> None:
    """As if people looked at the parts with these weights."""
    random = np.random.default_rng(1)
    demands = DemandFactory.create_batch(needs)
    technologies, user = TechnologyFactory.create_batch(each), UserFactory()
    rows = []
    for demand in demands:
        for technology in technologies:
            values = {code: round(float(random.random()), 6) for code in planted}
            score = sum(planted[code] * values[code] for code in planted)
            is_wanted = random.random() < 1 / (1 + np.exp(-12 * (score - 0.5)))
            rows.append(_row(demand, technology, user, values, is_wanted))
    Feedback.objects.bulk_create(rows)


def _row(demand: Demand, technology: Technology, by: User, values: dict[str, float], is_wanted: bool) -> Feedback:
    return Feedback(
        organisation=demand.organisation,
        technology=technology,
        demand=demand,
        verdict=Verdict.REQUESTED if is_wanted else Verdict.NOT_RELEVANT,
        decided_by=by,
        scorer_version=f"{CURRENT}-use/3-aaaa",
        components=[{"code": code, "value": value} for code, value in values.items()],
    )


def run(*args: str, **options: Any) -> str:
    out = StringIO()
    call_command("tune_scoring", *args, stdout=out, **options)
    return out.getvalue()


def test_too_few_decisions_are_refused_with_how_many_are_needed() -> None:
    decide(planted=READY, needs=3)
    with pytest.raises(CommandError, match=r"12 decisions of 50, .* 3 demands or profiles .* of 10") as refused:
        run("--propose")
    assert refused.value.returncode == 1
    assert ScorerVersion.objects.count() == 0


@pytest.mark.parametrize("option", ["--folds=1", "--minimum=19"])
def test_senseless_options_are_refused(option: str) -> None:
    with pytest.raises(CommandError):
        run(option)


def test_a_clear_gain_is_kept_as_a_version_that_nobody_has_switched_to() -> None:
    decide(planted=READY, needs=50)
    told = json.loads(run("--propose", "--json"))
    version = ScorerVersion.objects.get()
    assert (told["is_proposed"], told["proposed"]["version"], version.name) == (True, f"{CURRENT}.1", f"{CURRENT}.1")
    assert version.weights == told["proposed"]["weights"]
    assert version.weights["readiness"] > 0.5 > WEIGHTS[CURRENT]["readiness"]
    assert (version.figures["base"], version.figures["decisions"], version.figures["needs"]) == (CURRENT, 200, 50)
    assert version.figures["gain"] == told["gain"]
    assert (active_scorer(), ScorerSwitch.objects.count()) == (SCORERS[CURRENT], 0)


def test_without_propose_nothing_is_kept_and_the_figures_are_printed() -> None:
    decide(planted=READY, needs=50)
    told = run()
    assert "200 decisions about 50 needs" in told
    assert "Run again with --propose" in told
    assert [line.split()[0] for line in told.split("weight of")[1].splitlines()[1:6]] == [*WEIGHTS[CURRENT]]
    assert ScorerVersion.objects.count() == 0


def test_where_the_gain_is_not_clear_nothing_is_proposed() -> None:
    decide(planted=dict(WEIGHTS[CURRENT]), needs=30)
    told = run("--propose")
    assert "includes zero: nothing is proposed" in told
    assert ScorerVersion.objects.count() == 0


def test_the_present_weights_are_those_that_are_in_force() -> None:
    """After a switch to the proposal the same decisions have nothing more to gain."""
    decide(planted=READY, needs=100)
    run("--propose")
    switch_scorer(to=f"{CURRENT}.1", by=UserFactory())
    told = json.loads(run("--propose", "--json"))
    assert (told["present"]["version"], told["is_proposed"]) == (f"{CURRENT}.1", False)
    assert ScorerVersion.objects.count() == 1
