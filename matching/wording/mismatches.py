"""What a need asks for and a technology does not have, in a few words for a list."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from matching.enums import Field, TransferMode
from matching.models import Match

Evidence = Mapping[str, Any]


def mismatches(match: Match) -> list[Promise]:
    """Only what both sides have stated: what one of them leaves open is no mismatch."""
    found = []
    for component in match.components:
        evidence, tell = component["evidence"], _TOLD.get(component["code"])
        if tell and not evidence.get("missing"):
            found.append(tell(evidence))
    if match.demand and match.demand.direction != match.technology.direction:
        found.append(format_lazy(_("direction: {direction}"), direction=match.technology.get_direction_display()))
    return [told for told in found if told]


def _field(evidence: Evidence) -> Promise | None:
    if evidence["need"] == evidence["offer"]:
        return None
    return format_lazy(_("another field: {field}"), field=Field(evidence["offer"]).label)


def _readiness(evidence: Evidence) -> Promise | None:
    if evidence["offered"] >= evidence["wanted"]:
        return None
    return format_lazy(_("TRL {offered} instead of {wanted}"), **evidence)


def _transfer_modes(evidence: Evidence) -> Promise | None:
    if evidence["shared"]:
        return None
    modes = [TransferMode(code).label for code in evidence["offer"]]
    return format_lazy(_("offered only as: {modes}"), modes=format_lazy(", ".join(["{}"] * len(modes)), *modes))


_TOLD: dict[str, Callable[[Evidence], Promise | None]] = {
    "field": _field,
    "readiness": _readiness,
    "transfer_modes": _transfer_modes,
}
