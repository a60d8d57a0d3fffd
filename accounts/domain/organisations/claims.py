"""“This is our company”: somebody disputes an account that others registered, and the centre decides."""

from django.db import IntegrityError, transaction

from accounts.domain.notices import tell_person
from accounts.domain.organisations.decisions import Seen, decide, locked_question
from accounts.enums import DecisionState, MembershipRole, MembershipState
from accounts.errors import ClaimIsFullError
from accounts.models import Membership, Organisation, OrganisationClaim, User
from accounts.models.decisions import CLAIM_LENGTH
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.revisions import locked_row


@transaction.atomic
def report_claim(*, organisation: Organisation, by: User, message: str) -> OrganisationClaim:
    """The same report sent twice is one; what is said besides while it waits is added to it, up to a length."""
    try:
        with transaction.atomic():
            return OrganisationClaim.objects.create(organisation=organisation, asked_by=by, message=message)
    except IntegrityError:
        locked_row(Organisation.objects.filter(pk=organisation.pk))
        claim = locked_row(OrganisationClaim.objects.waiting().filter(organisation=organisation, asked_by=by))
        if len(claim.message) + len(message) > CLAIM_LENGTH and message.strip() not in claim.message:
            raise ClaimIsFullError(claim, DecisionState.WAITING) from None
        return add_to_claim(claim=claim, message=message)


def add_to_claim(*, claim: OrganisationClaim, message: str) -> OrganisationClaim:
    """The claim is locked. Of two records that become one, nothing is cut: it may be twice as long."""
    if message.strip() not in claim.message:
        claim.message = f"{claim.message}\n\n{message.strip()}"
        claim.revision += 1
        claim.save(update_fields=["message", "revision", "updated_at"])
    return claim


@transaction.atomic
def uphold_claim(*, claim: OrganisationClaim, by: User, reason: str = "", seen: Seen | None = None) -> Membership:
    """Who asked manages the account from now on; those who did until now wait for that person's approval."""
    claim, _organisation = locked_question(claim, DecisionState.APPROVED, seen)
    if claim.asked_by is None:
        raise MoveNotAllowedError(claim, DecisionState.APPROVED)
    others = claim.organisation.memberships.exclude(user=claim.asked_by)
    for other in others.filter(state=MembershipState.ACTIVE).select_related("user"):
        tell_person("membership_waits", other.user, organisation=claim.organisation)
    others.update(state=MembershipState.PENDING, role=MembershipRole.MEMBER)
    claim.organisation.invitations.all().delete()
    membership, _is_new = Membership.objects.update_or_create(
        user=claim.asked_by,
        organisation=claim.organisation,
        defaults={"role": MembershipRole.OWNER, "state": MembershipState.ACTIVE},
    )
    decide(claim, DecisionState.APPROVED, by=by, reason=reason)
    tell_person("claim_upheld", claim.asked_by, organisation=claim.organisation)
    return membership


@transaction.atomic
def reject_claim(*, claim: OrganisationClaim, by: User, reason: str, seen: Seen | None = None) -> OrganisationClaim:
    claim, _organisation = locked_question(claim, DecisionState.DECLINED, seen)
    decide(claim, DecisionState.DECLINED, by=by, reason=reason)
    # Not the name: whoever asked has not been shown to belong there.
    tell_person("claim_rejected", claim.asked_by, body=reason)
    return claim


@transaction.atomic
def take_claim_back(*, claim: OrganisationClaim, by: User) -> OrganisationClaim:
    claim, _organisation = locked_question(claim, DecisionState.TAKEN_BACK)
    decide(claim, DecisionState.TAKEN_BACK, by=by)
    return claim
