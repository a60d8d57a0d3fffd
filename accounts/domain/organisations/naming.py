"""Names that others rely on change only with the centre's approval; former ones are still found."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.notices import tell_managers, tell_person
from accounts.domain.organisations.decisions import Seen, decide, locked_question
from accounts.enums import AliasKind, DecisionState
from accounts.models import Membership, NameProposal, Organisation, OrganisationAlias, User
from accounts.names.name_keys import whole_key
from accounts.names.name_ties import has_ties
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.saving.revisions import save_revision
from kr_ru_platform.words.languages import columns_of

NAMES = ("name_ko", "name_ru", "name_en", "short_name")
MASK = "is_name_masked"


def is_name_protected(organisation: Organisation) -> bool:
    """The centre has confirmed it, or it holds technologies, is introduced or takes part in a research task."""
    return organisation.is_confirmed or has_ties(organisation)


def without_protected_names(*, row: Organisation, data: dict[str, Any], by: User) -> dict[str, Any]:
    """What one person may change at once; the rest becomes a proposal for somebody else to approve.

    That are a member's new names of a protected organisation, and whoever wants it, that a masked name is shown.
    """
    new: dict[str, Any] = {}
    if not by.is_centre_staff and is_name_protected(row):
        new = {name: data[name] for name in NAMES if name in data and data[name] != getattr(row, name)}
    if row.is_name_masked and data.get(MASK) is False:
        new[MASK] = False
    if not new:
        return data
    _propose(row, new, by)
    return {name: value for name, value in data.items() if name not in new}


def waiting_names(organisation: Organisation) -> "QuerySet[NameProposal]":
    return NameProposal.objects.waiting().filter(organisation=organisation).select_related("asked_by")


def _propose(row: Organisation, new: dict[str, Any], by: User) -> None:
    """Beside what colleagues have proposed, and with what this person has proposed before.

    The earlier one is replaced by one that says both: nobody decides about what they have not seen.
    """
    if any(new.items() <= waiting.new.items() for waiting in waiting_names(row)):
        return
    waiting = waiting_names(row).filter(asked_by=by).first()
    if waiting is not None:
        new = {name: value for name, value in waiting.new.items() if getattr(row, name) != value} | new
        decide(waiting, DecisionState.TAKEN_BACK, by=by)
    old = {name: getattr(row, name) for name in new}
    NameProposal.objects.create(organisation=row, old=old, new=new, asked_by=by)


@transaction.atomic
def approve_name(*, proposal: NameProposal, by: User, reason: str = "", seen: Seen | None = None) -> Organisation:
    proposal, row = locked_question(proposal, DecisionState.APPROVED, seen)
    if proposal.asked_by_id == by.pk:
        raise MoveNotAllowedError(proposal, DecisionState.APPROVED)
    if not proposal.still_fits:
        raise StaleRevisionError(row)
    for name, new in proposal.new.items():
        setattr(row, name, new)
    save_revision(row, by=by)
    keep_former_names(row=row, before=proposal.old, by=by)
    decide(proposal, DecisionState.APPROVED, by=by, reason=reason)
    _tell("name_approved", proposal, row)
    return row


@transaction.atomic
def decline_name(*, proposal: NameProposal, by: User, reason: str, seen: Seen | None = None) -> NameProposal:
    proposal, row = locked_question(proposal, DecisionState.DECLINED, seen)
    decide(proposal, DecisionState.DECLINED, by=by, reason=reason)
    _tell("name_declined", proposal, row, body=reason)
    return proposal


def _tell(template: str, proposal: NameProposal, row: Organisation, **told: str) -> None:
    """The centre's own people, and those who act for it: whoever asked may have left."""
    asker = proposal.asked_by
    is_there = Membership.objects.active().filter(organisation=row, user=asker).exists()
    if is_there or (asker is not None and asker.is_centre_staff):
        tell_person(template, asker, organisation=row, name=proposal, **told)
    else:
        tell_managers(template, row, name=proposal, **told)


@transaction.atomic
def take_name_back(*, proposal: NameProposal, by: User) -> NameProposal:
    proposal, _row = locked_question(proposal, DecisionState.TAKEN_BACK)
    decide(proposal, DecisionState.TAKEN_BACK, by=by)
    return proposal


def keep_former_names(*, row: Organisation, before: dict[str, str], by: User) -> None:
    """Of a confirmed organisation only: a name that nobody confirmed is not to find it later."""
    if not row.is_confirmed:
        return
    still = {whole_key(name) for name in row.spelled_names}
    for field, language in columns_of("name").items():
        name = before.get(field, "")
        if name and whole_key(name) not in still:
            OrganisationAlias.objects.get_or_create(
                organisation=row,
                name=name,
                defaults={"language": language, "kind": AliasKind.FORMER, "confirmed_by": by},
            )
