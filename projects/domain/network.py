"""Reads for the page of the partners' network."""

from itertools import groupby

from projects.enums import AgreementFocus
from projects.models import Agreement, CooperationEvent


def agreements_by_focus() -> list[tuple[AgreementFocus, list[Agreement]]]:
    agreements = Agreement.objects.select_related("organisation").order_by("focus", "signed_on", "id")
    groups = groupby(agreements, key=lambda agreement: agreement.focus)
    found = {AgreementFocus(focus): list(members) for focus, members in groups}
    return [(focus, found[focus]) for focus in AgreementFocus if focus in found]


def events_by_year() -> list[tuple[int, list[CooperationEvent]]]:
    """The latest year first, and within it the latest event."""
    events = CooperationEvent.objects.order_by("-held_on", "-id")
    return [(year, list(members)) for year, members in groupby(events, key=lambda event: event.held_on.year)]
