"""May this user do this? Pure predicates; what a user may see is decided by `visible_to`."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from matching.enums import Audience
from matching.models import CompanyNeed, Introduction, MatchRequest, Technology

Reader = User | AnonymousUser


def audience_for(user: Reader, technology: Technology) -> Audience:
    """How much of this technology the reader is cleared for."""
    if isinstance(user, AnonymousUser):
        return Audience.PUBLIC
    if user.is_centre_staff:
        return Audience.CENTRE
    if technology.holder_id in user.confirmed_organisation_ids:
        return Audience.NDA
    signed = Introduction.objects.opening(technology).filter(
        match_request__organisation__in=user.confirmed_organisation_ids
    )
    return Audience.NDA if signed.exists() else Audience.MEMBERS


def search_audience_for(user: Reader) -> Audience:
    """The clearance for searching across technologies, where no single agreement counts."""
    if isinstance(user, AnonymousUser):
        return Audience.PUBLIC
    return Audience.CENTRE if user.is_centre_staff else Audience.MEMBERS


def can_curate(user: Reader) -> bool:
    return getattr(user, "is_centre_staff", False)


def can_start_scoring(user: Reader) -> bool:
    """It keeps the worker busy for a while."""
    return getattr(user, "is_programme_admin", False)


def can_handle_match_requests(user: Reader) -> bool:
    return getattr(user, "is_centre_staff", False)


def can_request_introduction(user: Reader) -> bool:
    """A member of some organisation, or staff on a company's behalf."""
    return getattr(user, "is_centre_staff", False) or bool(getattr(user, "organisation_ids", ()))


def can_read_introduction(user: Reader, match_request: MatchRequest) -> bool:
    """To whom the company was introduced, and what was agreed: not while the centre does not say who the company is."""
    return getattr(user, "is_centre_staff", False) or match_request.organisation_id in getattr(
        user, "confirmed_organisation_ids", ()
    )


def can_withdraw_match_request(user: Reader, match_request: MatchRequest) -> bool:
    return match_request.is_pending and match_request.organisation_id in getattr(user, "organisation_ids", ())


def can_write_demands(user: Reader) -> bool:
    """A member of some organisation for it, or staff on a company's behalf."""
    return getattr(user, "is_centre_staff", False) or bool(getattr(user, "organisation_ids", ()))


def can_judge_matches(user: Reader, need: CompanyNeed) -> bool:
    """Whether a technology is relevant to a need is for the company alone to say."""
    return need.organisation_id in getattr(user, "organisation_ids", ())


def can_compare_scorers(user: Reader) -> bool:
    return getattr(user, "is_centre_staff", False)


def can_switch_scorer(user: Reader) -> bool:
    """It puts every company's list in another order."""
    return getattr(user, "is_programme_admin", False)


def can_see_operations(user: Reader) -> bool:
    """How the programs do, and what waits for them."""
    return getattr(user, "is_programme_admin", False)
