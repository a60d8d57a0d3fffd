"""Two records of the same organisation become one. It cannot be undone; what went where is kept."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.ended_rights import end_invitations_without_rights
from accounts.domain.notices import tell_person
from accounts.domain.organisations.claims import add_to_claim
from accounts.domain.organisations.decisions import decide
from accounts.domain.organisations.identity_marks import hold_number
from accounts.domain.organisations.naming import MASK, without_protected_names
from accounts.domain.organisations.registering import similar_organisations
from accounts.enums import (
    AliasKind,
    DecisionState,
    MembershipRole,
    MembershipState,
    NumberKind,
    OrganisationRefusal,
)
from accounts.errors import MergeObstacleError
from accounts.models import (
    Invitation,
    Membership,
    NameProposal,
    Organisation,
    OrganisationAlias,
    OrganisationClaim,
    OrganisationMerge,
    OrganisationNumber,
    User,
)
from accounts.names.numbers import compact
from accounts.registered.merge_rules import Merge, counts_of, handovers_seen, move_rows, obstacles_between
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.saving.revisions import delete_signed, locked_pair, save_revision
from kr_ru_platform.words.languages import columns_of

# What the record that stays takes over where it says nothing itself.
FILLED = ("name_ko", "name_ru", "name_en", "short_name", "city", "size_class", "website")


@transaction.atomic
def merge_organisations(
    *,
    stays: Organisation,
    goes: Organisation,
    by: User,
    revisions: tuple[int, int] | None = None,
    keep_names: bool = True,
    choices: dict[str, Any] | None = None,
) -> Organisation:
    """`keep_names`: the names and numbers of the one that goes are this organisation's too, and find it from now on.

    `choices`: what was answered on the page, by name; the `reason` is kept. `handovers` is what it showed to change
    hands: an obstacle where that is not so any more.
    """
    stays, goes = locked_pair(stays, goes, revisions)
    if obstacles := obstacles_to(stays, goes):
        raise MergeObstacleError(stays, obstacles)
    shown = (choices or {}).get("handovers")
    if shown is not None and shown != handovers_seen(stays, goes):
        raise MergeObstacleError(stays, [Refusal(OrganisationRefusal.HANDOVERS_ARE_OTHERS)])
    end_invitations_without_rights()
    merge = Merge(stays, goes, by, choices or {}, keeps_names=keep_names)
    record = OrganisationMerge(
        organisation=stays, old_id=goes.pk, old_name=str(goes), old_values=_plain(goes), merged_by=by
    )
    record.reason = (choices or {}).get("reason", "")
    record.moved = move_rows(merge)
    if left := {name: count for name, count in counts_of(goes).items() if count}:
        raise RuntimeError(f"Rows still point to the organisation that is to go: {left}")
    record.old_values |= {"given_way": merge.given_way}
    delete_signed(goes, by=by)
    record.save()
    _take_over(stays, goes, by=by, keep_names=keep_names)
    end_invitations_without_rights()
    return stays


def similar_to(organisation: Organisation) -> list[Organisation]:
    return similar_organisations(names=organisation.spelled_names, except_for=organisation, limit=10)


def obstacles_to(stays: Organisation, goes: Organisation) -> list[Refusal]:
    return obstacles_between(stays, goes)


def _plain(row: Any) -> dict[str, Any]:
    values = {column.name: getattr(row, column.attname) for column in row._meta.concrete_fields}
    encoder = DjangoJSONEncoder()
    return {name: _json(value, encoder) for name, value in values.items() if name != "name_keys"}


def _json(value: Any, encoder: DjangoJSONEncoder) -> Any:
    return value if value is None or isinstance(value, str | int | float | list | dict) else encoder.default(value)


def _take_over(stays: Organisation, goes: Organisation, *, by: User, keep_names: bool) -> None:
    """Facts that were missing; ids always, names and numbers only where somebody says that they are the same's."""
    if goes.external_id:
        _note_id(stays, goes.external_id, by)
    if keep_names:
        _note_number(stays, goes, by)
        for name in FILLED:
            setattr(stays, name, getattr(stays, name) or getattr(goes, name))
    would_be_shown = goes.is_name_masked and not stays.is_name_masked
    stays.is_name_masked = stays.is_name_masked or would_be_shown
    save_revision(stays, by=by)
    if would_be_shown:
        # What is masked, of whatever kind, would be shown under the name of a record that is not: it takes two.
        without_protected_names(row=stays, data={MASK: False}, by=by)
    if keep_names and stays.is_confirmed:
        own = set(stays.spelled_names)
        for field, language in columns_of("name").items():
            if (name := getattr(goes, field)) and name not in own:
                OrganisationAlias.objects.get_or_create(
                    organisation=stays,
                    name=name,
                    defaults={"language": language, "kind": AliasKind.ALIAS, "confirmed_by": by},
                )


def _note_id(stays: Organisation, external_id: str, by: User) -> None:
    if not stays.external_id:
        stays.external_id = external_id
        return
    OrganisationNumber.objects.get_or_create(
        kind=NumberKind.EXTERNAL, value=external_id, defaults={"organisation": stays, "entered_by": by}
    )


def _note_number(stays: Organisation, goes: Organisation, by: User) -> None:
    if not goes.registration_number:
        return
    if not stays.registration_number:
        stays.registration_number = goes.registration_number
        return
    hold_number(goes.registration_number)
    OrganisationNumber.objects.get_or_create(
        kind=NumberKind.KR_BUSINESS,
        value=compact(goes.registration_number),
        defaults={"organisation": stays, "entered_by": by},
    )


def prepare_memberships(merge: Merge) -> None:
    """Members of a record that nobody confirmed are approved anew: they were let in by whoever registered it."""
    rows = Membership.objects.filter(organisation=merge.goes).select_related("user")
    if not merge.goes.is_confirmed:
        for row in rows.filter(state=MembershipState.ACTIVE):
            # Nobody has let them in yet: they are told what strangers read.
            tell_person("membership_waits", row.user, organisation=lambda: merge.stays.public_name)
        rows.update(state=MembershipState.PENDING, role=MembershipRole.MEMBER)
    there = {row.user_id: row for row in Membership.objects.filter(organisation=merge.stays)}
    for row in rows.all():
        if same := there.get(row.user_id):
            if row.state == MembershipState.ACTIVE and same.state == MembershipState.PENDING:
                same.state, same.role = row.state, row.role
                same.save()
            row.delete()


def prepare_invitations(merge: Merge) -> None:
    """Of two to one address the one that can still be accepted; of a record that nobody confirmed none."""
    rows = Invitation.objects.filter(organisation=merge.goes)
    if not merge.goes.is_confirmed:
        rows.delete()
        return
    there = Invitation.objects.filter(organisation=merge.stays)
    # Members may have moved before: whose right had ended was noted when the merge began.
    rows.filter(email__in=_emails(there.not_ended())).delete()
    there.filter(email__in=_emails(rows.not_ended())).delete()
    rows.filter(email__in=_emails(there)).delete()


def _emails(rows: QuerySet[Invitation]) -> list[str]:
    return list(rows.values_list("email", flat=True))


def prepare_names(merge: Merge) -> None:
    NameProposal.objects.waiting().filter(organisation=merge.goes).update(
        state=DecisionState.TAKEN_BACK, decided_by=merge.by
    )


def prepare_claims(merge: Merge) -> None:
    """Of one person one waits: it says what both have said."""
    rows = OrganisationClaim.objects.waiting().select_for_update(of=("self",))
    there = {claim.asked_by_id: claim for claim in rows.filter(organisation=merge.stays)}
    for claim in rows.filter(organisation=merge.goes, asked_by__in=list(there)):
        add_to_claim(claim=there[claim.asked_by_id], message=claim.message)
        decide(claim, DecisionState.TAKEN_BACK, by=merge.by)


def prepare_numbers(merge: Merge) -> None:
    """Ids of the centre's own files always lead on; what is in doubt stays in the record of the merge alone."""
    if not merge.keeps_names:
        rows = OrganisationNumber.objects.filter(organisation=merge.goes).exclude(kind=NumberKind.EXTERNAL)
        merge.given_way["numbers"] = [[row.kind, row.value] for row in rows]
        rows.delete()


def prepare_aliases(merge: Merge) -> None:
    if not merge.keeps_names:
        rows = OrganisationAlias.objects.filter(organisation=merge.goes)
        merge.given_way["aliases"] = list(rows.values_list("name", flat=True))
        rows.delete()
        return
    there = OrganisationAlias.objects.filter(organisation=merge.stays).values("name")
    OrganisationAlias.objects.filter(organisation=merge.goes, name__in=there).delete()


def unconfirmed_would_stay(stays: Organisation, goes: Organisation) -> Iterator[Refusal]:
    """Members of a record that nobody confirmed would be let in to everything of the confirmed one."""
    if goes.is_confirmed and not stays.is_confirmed:
        yield Refusal(OrganisationRefusal.UNCONFIRMED_WOULD_STAY)


def remembered(organisations: Sequence[int]) -> dict[int, int]:
    """Where records that are gone lead to now."""
    rows = OrganisationMerge.objects.filter(old_id__in=organisations)
    return dict(rows.values_list("old_id", "organisation_id"))
