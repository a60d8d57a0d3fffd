"""Registering and changing organisations, and finding those that are already there."""

from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.domain.organisations.confirmation import known_to_centre
from accounts.domain.organisations.identity_marks import hold_number, with_business_number
from accounts.domain.organisations.naming import MASK, NAMES, keep_former_names, without_protected_names
from accounts.enums import MembershipRole, MembershipState, OrganisationKind
from accounts.errors import NumberTakenError
from accounts.models import Membership, Organisation, User
from kr_ru_platform.saving.revisions import locked_row, save_revision, save_signed
from kr_ru_platform.words.languages import columns_of
from kr_ru_platform.words.reading.organisation_names import around_name

# Found by trying pairs like 한결정밀 / (주)한결정밀소재 and NIIMash / НИИМаш-1: below it come strangers.
SIMILAR_ENOUGH = 0.4


@transaction.atomic
def save_organisation(
    *,
    by: User,
    data: dict[str, Any],
    organisation: Organisation | None = None,
    expected_revision: int | None = None,
) -> Organisation:
    """Create, or change when nobody else did since the form was opened.

    A member's change of a name that others rely on is only proposed: see `accounts.domain.organisations.naming`.
    """
    if organisation is None:
        row = Organisation(**known_to_centre(by=by)) if by.is_centre_staff else Organisation()
    else:
        row = locked_row(organisation, expected_revision)
        data = without_protected_names(row=row, data=data, by=by)
    _refuse_taken_number(row, data.get("registration_number", ""))
    # A new company, or what was entered as an institute and becomes a company: its name is shown when two want it.
    is_new_company = data.get("kind") == OrganisationKind.COMPANY and (
        organisation is None or row.kind != OrganisationKind.COMPANY
    )
    is_unmasked = is_new_company and data.get(MASK, row.is_name_masked) is False
    if is_unmasked:
        data = {**data, MASK: True}
    before = {name: getattr(row, name) for name in NAMES}
    for name, value in data.items():
        setattr(row, name, value)
    if organisation is None:
        save_signed(row, by=by)
    else:
        save_revision(row, by=by)
        keep_former_names(row=row, before=before, by=by)
    if is_unmasked:
        without_protected_names(row=row, data={MASK: False}, by=by)
    return row


@transaction.atomic
def register_organisation(*, by: User, data: dict[str, Any]) -> Organisation:
    """Somebody signs up for their company and from then on manages its account.

    The same form sent twice registers once: the second comes when the person acts for the first.
    """
    locked_row(by, no_key=True)
    if own := Membership.objects.filter(user=by).select_related("organisation").first():
        return own.organisation
    organisation = save_organisation(by=by, data=data)
    Membership.objects.create(
        user=by, organisation=organisation, role=MembershipRole.OWNER, state=MembershipState.ACTIVE
    )
    return organisation


def similar_organisations(
    *, names: list[str], except_for: Organisation | None = None, limit: int = 5
) -> list[Organisation]:
    """Those whose name, in the same script, is nearly one of these: a second record is a mistake."""
    wanted = [core for name in names if len(core := _core(name)) > 1]
    if not wanted:
        return []
    scores = [TrigramSimilarity(field, name) for name in wanted for field in columns_of("name")]
    likeness = Greatest(*scores)
    rows = Organisation.objects.annotate(likeness=likeness).filter(likeness__gte=SIMILAR_ENOUGH)
    if except_for is not None and except_for.pk:
        rows = rows.exclude(pk=except_for.pk)
    return list(rows.order_by(F("likeness").desc(), "pk")[:limit])


def _refuse_taken_number(row: Organisation, number: str) -> None:
    """The form has looked; this looks again, at what somebody else stores at the same moment."""
    if number and number != row.registration_number:
        hold_number(number)
        if with_business_number(number).exclude(pk=row.pk).exists():
            raise NumberTakenError


def _core(name: str) -> str:
    """The name without its legal form, which many names share."""
    return around_name(name.strip())[1].strip()
