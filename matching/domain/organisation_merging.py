"""What has to be thought of in this app when two records of one organisation become one."""

from collections.abc import Iterator
from typing import Any

from accounts.models import Organisation
from accounts.registered.merge_rules import Merge
from kr_ru_platform.saving.errors import Refusal
from matching.domain.technologies import proposed_changes
from matching.enums import TechnologyRefusal
from matching.models import CompanyProfile, MatchRequest

PROFILE_TEXTS = ("language", "products", "capabilities", "interests", "field", "ksic_code")


def prepare_profiles(merge: Merge) -> None:
    """One profile stays, the other's text is kept in the record of the merge."""
    both = {
        row.organisation_id: row for row in CompanyProfile.objects.filter(organisation__in=[merge.stays, merge.goes])
    }
    if len(both) < 2:
        return
    loser = both[merge.stays.pk if merge.choices.get("profile") == "goes" else merge.goes.pk]
    merge.given_way["profile"] = {name: getattr(loser, name) for name in PROFILE_TEXTS}
    loser.delete()


def count_proposed_holders(organisation: Organisation) -> int:
    return proposed_changes.naming_holder(organisation).count()


def move_proposed_holders(merge: Merge) -> int:
    return proposed_changes.move_holder(goes=merge.goes, stays=merge.stays, by=merge.by)


def obstacles(one: Organisation, other: Organisation) -> Iterator[Refusal]:
    pending = MatchRequest.objects.pending()
    asked = set(pending.filter(organisation=one).values_list("technology_id", flat=True))
    asked_by_both: Any = pending.filter(organisation=other, technology__in=asked).select_related("technology")
    for row in asked_by_both:
        yield Refusal(TechnologyRefusal.BOTH_HAVE_ASKED, {"title": row.technology.working_title})
    for asker, holder in ((one, other), (other, one)):
        for row in pending.filter(organisation=asker, technology__holder=holder).select_related("technology"):
            yield Refusal(TechnologyRefusal.ONE_ASKED_THE_OTHER, {"title": row.technology.working_title})
