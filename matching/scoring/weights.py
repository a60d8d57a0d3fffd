"""Weight tables by version: v1 stays when v2 arrives, so that an old score can be computed again."""

from matching.scoring.types import Weights

WEIGHTS: dict[str, Weights] = {
    "v1": {
        "meaning": 0.60,
        "shared_terms": 0.10,
        "field": 0.10,
        "readiness": 0.10,
        "transfer_modes": 0.10,
    },
}
# What a part is worth where there is nothing to compare: see docs/scoring.md.
NEUTRAL: dict[str, float] = {
    "meaning": 0.0,
    "shared_terms": 0.3,
    "field": 0.5,
    "readiness": 0.5,
    "transfer_modes": 0.5,
}
CURRENT = "v1"
