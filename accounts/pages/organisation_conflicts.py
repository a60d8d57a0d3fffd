"""Two people changed the same organisation: show both versions and let the second one decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.domain.organisations.naming import NAMES
from accounts.domain.organisations.registering import save_organisation
from accounts.forms.organisations import OrganisationForm
from accounts.models import Organisation
from kr_ru_platform.saving.errors import StaleRevisionError
from kr_ru_platform.web.revision_forms import reopened
from kr_ru_platform.words.stored_values import shown_value


def save_or_show_conflict(request: HttpRequest, form: OrganisationForm, context: dict[str, Any]) -> bool:
    """True when saved; otherwise the context tells what the other person saved meanwhile."""
    try:
        saved = save_organisation(
            by=request.user,
            data=form.content,
            organisation=form.instance,
            expected_revision=form.cleaned_data["expected_revision"],
        )
    except StaleRevisionError as error:
        theirs = error.row
        context["conflict"] = _differences(form, theirs)
        reopened(form, theirs, request)
        return False
    messages.success(request, _("The organisation has been saved."))
    if any(value != getattr(saved, name) for name, value in form.content.items() if name in NAMES):
        messages.info(request, _("The new name waits for the centre's approval; until then the present one stays."))
    return True


def _differences(form: OrganisationForm, theirs: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "label": form.fields[name].label,
            "theirs": shown_value(theirs._meta.get_field(name), getattr(theirs, name)),
            "mine": shown_value(theirs._meta.get_field(name), mine),
        }
        for name, mine in form.content.items()
        if mine != getattr(theirs, name)
    ]
