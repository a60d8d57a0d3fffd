"""Reads shaped for pages: what the worker has done with a row."""

from typing import Literal

from matching.models import CompanyProfile, Demand, ScoringRecord


def scoring_state(need: Demand | CompanyProfile) -> Literal["waiting", "ready"]:
    """Whether the stored matches belong to the need as it is now."""
    owner = {"demand": need} if isinstance(need, Demand) else {"profile": need}
    is_current = ScoringRecord.objects.filter(**owner, revision=need.revision).exists()
    return "ready" if is_current else "waiting"
