"""A need is a demand or a company profile: what a company has said that technologies are compared with.

Both answer the same questions, so that nothing that works with a need asks which of the two it is:

- `as_owner`: the column that leads from matches, records and decisions to it, and the need itself
- `need_key`: its numbers, as what belongs to it has them
- `own_texts`: what the company has written, in the order of its form
- `field`, `minimum_trl`, `transfer_modes`: what is wanted, empty where nothing is said
- `preferences`, `takes_preferences`: what matters more, and whether the company is asked at all
- `sentence_choices`, `may_hold_background`: which sentences are the need, and whether some may be about the company
- `title`: empty where it has none of its own
- `is_open`, `is_closed`: a draft is neither
- `page_url`: where its list of matches is; `edit_url`: where its text is changed
"""

from collections.abc import Collection

from django.db.models import Q

from matching.models.company_profile import CompanyProfile
from matching.models.demand import Demand

CompanyNeed = Demand | CompanyProfile
# Need, told by the numbers of its demand and of its profile, of which one is None.
NeedKey = tuple[int | None, int | None]


class OfNeed:
    """What belongs to a need by two columns, of which one is set; neither where a decision names no need."""

    demand_id: int | None
    profile_id: int | None

    @property
    def need_key(self) -> NeedKey:
        return self.demand_id, self.profile_id

    @property
    def need_columns(self) -> dict[str, int | None]:
        """To find or to make another row of the same need."""
        return {"demand_id": self.demand_id, "profile_id": self.profile_id}


def of_needs(keys: Collection[NeedKey]) -> Q:
    """The rows that belong to any of these needs."""
    demands = {demand for demand, _ in keys if demand}
    profiles = {profile for _, profile in keys if profile}
    return Q(demand__in=demands) | Q(profile__in=profiles)
