"""Further numbers and names by which an organisation is found. Only the centre writes them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import NumberKind
from accounts.models import Organisation, OrganisationAlias, OrganisationNumber, User
from accounts.numbers import written


@transaction.atomic
def add_number(*, organisation: Organisation, by: User, kind: str, value: str) -> OrganisationNumber:
    """A compact number. That it is nobody else's also looks at the numbers that companies registered with."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    own = written(NumberKind.KR_BUSINESS, value)
    if kind == NumberKind.KR_BUSINESS and Organisation.objects.filter(registration_number=own).exists():
        raise ValidationError({"value": _("An organisation is already registered with this number.")})
    row = OrganisationNumber(organisation=organisation, kind=kind, value=value, entered_by=by)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def add_alias(*, organisation: Organisation, by: User, data: dict[str, Any]) -> OrganisationAlias:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = OrganisationAlias(organisation=organisation, confirmed_by=by, **data)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove_mark(*, mark: OrganisationNumber | OrganisationAlias, by: User) -> None:
    Organisation.objects.select_for_update().get(pk=mark.organisation_id)
    type(mark).objects.filter(pk=mark.pk).delete()
