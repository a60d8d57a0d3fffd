"""What is told from chance, for tests whose texts say next to nothing."""

from dataclasses import replace

import pytest

from matching.scoring.weights import FORMULAS


def list_from(monkeypatch: pytest.MonkeyPatch, least_score: float) -> None:
    """Whatever formula scores, a pair is listed from this score on."""
    for name, formula in FORMULAS.items():
        monkeypatch.setitem(FORMULAS, name, replace(formula, least_score=least_score))
