"""Tags of the curators' pages."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format

from matching.enums import ImportState, TechnologyState
from matching.models import Technology

register = template.Library()
TONES = {
    TechnologyState.DRAFT: "outline",
    TechnologyState.IN_REVIEW: "info",
    TechnologyState.PUBLISHED: "success",
    TechnologyState.ON_HOLD: "warning",
    TechnologyState.ARCHIVED: "none",
}
IMPORT_TONES = {
    ImportState.CHECKED: "warning",
    ImportState.DONE: "success",
    ImportState.FAILED: "danger",
    ImportState.CANCELLED: "none",
}


@register.inclusion_tag("components/tag.html")
def technology_state(state: str) -> dict[str, Any]:
    return {"label": TechnologyState(state).label, "tone": TONES[TechnologyState(state)]}


@register.inclusion_tag("components/tag.html")
def import_state(state: str) -> dict[str, Any]:
    return {"label": ImportState(state).label, "tone": IMPORT_TONES.get(ImportState(state), "info")}


@register.inclusion_tag("matching/curation/_expiry.html")
def expiry(technology: Technology) -> dict[str, Any]:
    day = technology.expires_on
    is_over = day is not None and day < timezone.localdate()
    return {"day": day, "is_over": is_over and technology.state == TechnologyState.PUBLISHED}


@register.simple_tag
def thousands(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
