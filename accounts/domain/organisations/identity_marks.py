"""Further numbers and names by which an organisation is found. Only the centre writes them."""

from typing import Any
from zlib import crc32

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.enums import NumberKind
from accounts.errors import NumberTakenError
from accounts.models import Organisation, OrganisationAlias, OrganisationNumber, User
from accounts.names.numbers import compact, written
from kr_ru_platform.running.lock_numbers import REGISTRATION_NUMBERS
from kr_ru_platform.running.locks import wait_for_lock
from kr_ru_platform.saving.revisions import locked_row


def with_business_number(number: str) -> QuerySet[Organisation]:
    """Who registered with it, or is known to the centre by it as a further one."""
    value = compact(number)
    further = OrganisationNumber.objects.filter(kind=NumberKind.KR_BUSINESS, value=value)
    own = Q(registration_number=written(NumberKind.KR_BUSINESS, value))
    return Organisation.objects.filter(own | Q(pk__in=further.values("organisation")))


def hold_number(number: str) -> None:
    """Until the end of the transaction nobody else gives it away: it may stand in either of two tables."""
    wait_for_lock(REGISTRATION_NUMBERS, crc32(compact(number).encode()) % 2**31)


@transaction.atomic
def add_number(*, organisation: Organisation, by: User | None, kind: str, value: str) -> OrganisationNumber:
    """A compact number. That it is nobody else's also looks at the numbers that companies registered with."""
    locked_row(organisation)
    if kind == NumberKind.KR_BUSINESS:
        hold_number(value)
        if Organisation.objects.filter(registration_number=written(NumberKind.KR_BUSINESS, value)).exists():
            raise NumberTakenError
    row = OrganisationNumber(organisation=organisation, kind=kind, value=value, entered_by=by)
    # Of a file that a command reads, nobody enters it.
    row.full_clean(exclude={"entered_by"})
    row.save()
    return row


@transaction.atomic
def add_alias(*, organisation: Organisation, by: User, data: dict[str, Any]) -> OrganisationAlias:
    locked_row(organisation)
    row = OrganisationAlias(organisation=organisation, confirmed_by=by, **data)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove_mark(*, mark: OrganisationNumber | OrganisationAlias, by: User) -> None:
    locked_row(Organisation.objects.filter(pk=mark.organisation_id))
    type(mark).objects.filter(pk=mark.pk).delete()
