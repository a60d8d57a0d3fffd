"""Which scorer counts, which there are, and the switch from one to another. Writes ScorerVersion and ScorerSwitch."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from matching.models import ScorerSwitch, ScorerVersion
from matching.scoring.weights import CURRENT, SCORERS, Scorer

SWITCH_LOCK = 7_201_200


def active_scorer() -> Scorer:
    """The one that people switched to last; the code's own where nobody has.

    Asked once for each piece of work, so that every process follows a switch at once and a score
    carries the name of the weights it was made with.
    """
    newest = ScorerSwitch.objects.select_related("version").order_by("-id").first()
    return as_scorer(newest.version) if newest else SCORERS[CURRENT]


def as_scorer(row: ScorerVersion) -> Scorer:
    """With its parts in the order of the code's table: PostgreSQL keeps none."""
    order = SCORERS[row.formula].weights if row.formula in SCORERS else row.weights
    return Scorer(row.name, row.formula, {code: row.weights[code] for code in order})


def scorer_named(name: str) -> Scorer | None:
    """None for one that is not known, or whose formula the code no longer has."""
    row = ScorerVersion.objects.filter(name=name).first()
    scorer = as_scorer(row) if row else SCORERS.get(name)
    return scorer if scorer and scorer.formula_name in SCORERS else None


def all_scorers() -> dict[str, Scorer]:
    """Those of the code and those that were added."""
    return SCORERS | {row.name: as_scorer(row) for row in ScorerVersion.objects.order_by("id")}


@transaction.atomic
def propose_scorer(*, formula: str, weights: Mapping[str, float], figures: Mapping[str, Any]) -> ScorerVersion:
    """A version that a person may switch to; nothing changes before."""
    _lock()
    names = ScorerVersion.objects.filter(formula=formula, name__startswith=f"{formula}.").values_list("name", flat=True)
    number = max((int(name.rpartition(".")[2]) for name in names), default=0) + 1
    return ScorerVersion.objects.create(
        name=f"{formula}.{number}", formula=formula, weights=dict(weights), figures=dict(figures)
    )


@transaction.atomic
def switch_scorer(*, to: str, by: User) -> Scorer:
    """From now on scores are made with this version; the worker mends the old ones. Twice is once."""
    _lock()
    scorer = scorer_named(to)
    if scorer is None:
        raise LookupError(to)
    if active_scorer().name == to:
        return scorer
    version, _ = ScorerVersion.objects.get_or_create(
        name=to, defaults={"formula": scorer.formula_name, "weights": dict(scorer.weights)}
    )
    ScorerSwitch.objects.create(version=version, switched_by=by)
    return scorer


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SWITCH_LOCK])
