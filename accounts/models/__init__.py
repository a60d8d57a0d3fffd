from accounts.models.closed_account import ClosedAccount
from accounts.models.decisions import NameProposal, OrganisationClaim
from accounts.models.identity import OrganisationAlias, OrganisationNumber
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.merge import OrganisationMerge
from accounts.models.organisation import Organisation
from accounts.models.user import User

__all__ = [
    "ClosedAccount",
    "Invitation",
    "Membership",
    "NameProposal",
    "Organisation",
    "OrganisationAlias",
    "OrganisationClaim",
    "OrganisationMerge",
    "OrganisationNumber",
    "User",
]
