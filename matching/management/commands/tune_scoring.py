"""Weights proposed from what people have decided. Proposes; a person switches."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.domain.matches.scorers import active_scorer, propose_scorer
from matching.domain.matches.tuning import LEAST_DECISIONS, LEAST_OF_EACH, DecisionsFound, decisions_for
from matching.models import ScorerVersion
from matching.scoring.fitting import FittedWeights, fit
from matching.scoring.types import Weights
from matching.scoring.weights import Scorer

WORDS = {
    "decisions": "decisions",
    "wanted": "decisions for a technology",
    "unwanted": "decisions against a technology",
    "needs": "demands or profiles that were decided about",
}
MEASURES = (
    ("auc", "AUC: a wanted one above an unwanted one (more is better)"),
    ("log_loss", "Log-loss of the chances (less is better)"),
    ("place", "Mean place of the wanted among the decided (less is better)"),
)


class Command(BaseCommand):
    help = "Fits weights to people's decisions, prints what they would gain and, with --propose, keeps them to compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folds", type=int, default=5, help="parts held out in turn; a need is never in two")
        parser.add_argument("--minimum", type=int, default=LEAST_DECISIONS, help="least number of decisions")
        parser.add_argument("--propose", action="store_true", help="keep the proposal as a version that is not active")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, folds: int, minimum: int, propose: bool, **options: Any) -> None:
        if folds < 2:
            raise CommandError("--folds is 2 at least: something must be held out.")
        if minimum < 2 * LEAST_OF_EACH:
            raise CommandError(f"--minimum is {2 * LEAST_OF_EACH} at least: fewer decisions say nothing.")
        scorer = active_scorer()
        found = decisions_for(scorer)
        if missing := found.missing(least=minimum):
            raise CommandError(too_few(missing, found))
        result = fit(found.decisions, scorer.weights, folds=folds)
        is_new = result.is_gain and dict(result.weights) != dict(scorer.weights)
        version = _keep(scorer, result) if propose and is_new else None
        if options["json"]:
            self.stdout.write(json.dumps(as_json(scorer, found, result, is_new, version), indent=2))
        else:
            self.stdout.write("\n".join(lines(scorer, found, result)))
            self.stdout.write(_conclusion(result, is_new, version))


def _keep(scorer: Scorer, result: FittedWeights) -> ScorerVersion:
    figures = {**result.figures, "base": scorer.name}
    return propose_scorer(formula=scorer.formula_name, weights=result.weights, figures=figures)


def too_few(missing: list[tuple[str, int, int]], found: DecisionsFound) -> str:
    parts = [f"{count} {WORDS[name]} of {needed}" for name, count, needed in missing]
    said = f"Too little to fit weights to. There are {', '.join(parts)} that are needed."
    if found.other_formula_count:
        said += f" {found.other_formula_count} more were made on the values of another formula and do not count."
    return said


def lines(scorer: Scorer, found: DecisionsFound, result: FittedWeights) -> list[str]:
    figures = result.figures
    wanted, unwanted = figures["wanted"], figures["decisions"] - figures["wanted"]
    told = [
        f"{figures['decisions']} decisions about {figures['needs']} needs: {wanted} for, {unwanted} against.",
        f"Left out: {found.other_formula_count} on another formula, {found.without_numbers_count} without numbers.",
        "",
        f"Held out in {figures['folds']} parts:{'':<44}{'present':>10}{'proposed':>10}",
    ]
    for code, words in MEASURES:
        told.append(f"  {words:<62}{figures['present'][code]:>10.4f}{figures['proposed'][code]:>10.4f}")
    told.append("")
    for code, words in (("auc", "AUC"), ("log_loss", "log-loss")):
        gain, low, high = figures["gain"][code]
        told.append(f"Gain in {words}: {gain:+.4f} (95 % of resampled needs: {low:+.4f} to {high:+.4f})")
    return [*told, "", *_table(scorer, result.weights), ""]


def _table(scorer: Scorer, proposed: Weights) -> list[str]:
    rows = [f"{'weight of':<20}{scorer.name:>10}{'proposed':>10}{'change':>10}"]
    for code, weight in scorer.weights.items():
        rows.append(f"{code:<20}{weight:>10.4f}{proposed[code]:>10.4f}{proposed[code] - weight:>+10.4f}")
    return rows


def _conclusion(result: FittedWeights, is_new: bool, version: ScorerVersion | None) -> str:
    if version:
        return (
            f"Kept as {version.name}, which is not active: compare it in the portal, and switch there if it is better."
        )
    if is_new:
        return "The gain is clear. Run again with --propose to keep the proposal for comparison; nothing is switched."
    if result.is_gain:
        return "These are the present weights: nothing to propose."
    return "The interval of the gain in AUC includes zero: nothing is proposed, the present weights stay."


def as_json(
    scorer: Scorer, found: DecisionsFound, result: FittedWeights, is_new: bool, version: ScorerVersion | None
) -> dict[str, Any]:
    return {
        "present": {"version": scorer.name, "weights": dict(scorer.weights)},
        "proposed": {"version": version.name if version else None, "weights": dict(result.weights)},
        "is_proposed": is_new,
        "other_formula": found.other_formula_count,
        "without_numbers": found.without_numbers_count,
        **{name: result.figures[name] for name in ("decisions", "wanted", "needs", "folds", "gain")},
        "held_out": {name: result.figures[name] for name in ("present", "proposed")},
    }
