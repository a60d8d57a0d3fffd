"""Which scorer counts, which there are, and the switch from one to another. Writes ScorerVersion and ScorerSwitch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from kr_ru_platform.running.lock_numbers import SWITCHING_SCORERS
from kr_ru_platform.running.locks import wait_for_lock
from kr_ru_platform.saving.errors import StaleRevisionError
from matching.models import ScorerSwitch, ScorerVersion
from matching.scoring.weights import CURRENT, SCORERS, Scorer, numbers_in


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
    wait_for_lock(SWITCHING_SCORERS)
    names = ScorerVersion.objects.filter(formula=formula, name__startswith=f"{formula}.").values_list("name", flat=True)
    number = max((numbers_in(name)[1] for name in names), default=0) + 1
    return ScorerVersion.objects.create(
        name=f"{formula}.{number}", formula=formula, weights=dict(weights), figures=dict(figures)
    )


@transaction.atomic
def switch_scorer(*, to: str, by: User, expected: str | None = None) -> Scorer:
    """From now on scores are made with this version; the worker mends the old ones. Twice is once.

    `expected` is the one that was in force when the person decided.
    """
    wait_for_lock(SWITCHING_SCORERS)
    scorer, active = scorer_named(to), active_scorer()
    if scorer is None:
        raise LookupError(to)
    if active.name == to:
        return scorer
    if expected is not None and active.name != expected:
        raise StaleRevisionError(active)
    version, _ = ScorerVersion.objects.get_or_create(
        name=to, defaults={"formula": scorer.formula_name, "weights": dict(scorer.weights)}
    )
    ScorerSwitch.objects.create(version=version, switched_by=by)
    return scorer


@dataclass(frozen=True)
class ScorerRow:
    """One version as the list shows it."""

    scorer: Scorer
    is_active: bool
    made_at: datetime | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    last_switch: ScorerSwitch | None = None

    @property
    def is_usable(self) -> bool:
        return self.scorer.formula_name in SCORERS


def scorer_rows() -> tuple[list[ScorerRow], list[ScorerSwitch]]:
    """All versions, the newest first, and the switches, the last one first."""
    switches = list(ScorerSwitch.objects.select_related("version", "switched_by").order_by("-id"))
    last = {switch.version_id: switch for switch in reversed(switches)}
    active = switches[0].version.name if switches else CURRENT
    versions = list(ScorerVersion.objects.order_by("-id"))
    stored = {version.name for version in versions}
    rows = [
        ScorerRow(
            as_scorer(version),
            version.name == active,
            # What comes with the code was made with the code, whenever somebody switched to it first.
            version.made_at if version.name not in SCORERS else None,
            version.figures,
            last.get(version.pk),
        )
        for version in versions
    ]
    rows += [ScorerRow(scorer, name == active) for name, scorer in SCORERS.items() if name not in stored]
    return sorted(rows, key=lambda row: numbers_in(row.scorer.name), reverse=True), switches
