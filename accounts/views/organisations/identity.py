"""Numbers and other names by which an organisation is found: the centre's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.organisations import identity_marks
from accounts.enums import OrganisationRefusal
from accounts.errors import NumberTakenError
from accounts.forms.decisions import AliasForm, NumberForm
from accounts.models import Organisation, OrganisationAlias, OrganisationNumber
from accounts.views.organisations.decisions import only_centre
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.registered.refusals import in_words

MARKS = {"number": OrganisationNumber, "name": OrganisationAlias}


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def organisation_identity(request: HttpRequest, pk: int) -> HttpResponse:
    only_centre(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    mark = request.POST.get("mark", "")
    number_form = NumberForm(request.POST if mark == "number" else None)
    alias_form = AliasForm(request.POST if mark == "name" else None)
    form = {"number": number_form, "name": alias_form}.get(mark)
    if form is not None and form.is_valid() and _add(request, organisation, form):
        return redirect("organisation_identity", pk=pk)
    context = {
        "organisation": organisation,
        "number_form": number_form,
        "alias_form": alias_form,
        "numbers": organisation.numbers.select_related("entered_by"),
        "aliases": organisation.aliases.select_related("confirmed_by"),
    }
    return render(request, "accounts/confirmation/organisation_identity.html", context)


def _add(request: HttpRequest, organisation: Organisation, form: NumberForm | AliasForm) -> bool:
    try:
        if isinstance(form, NumberForm):
            identity_marks.add_number(organisation=organisation, by=request.user, **form.cleaned_data)
        else:
            identity_marks.add_alias(organisation=organisation, by=request.user, data=form.cleaned_data)
    except NumberTakenError:
        form.add_error("value", in_words(Refusal(OrganisationRefusal.NUMBER_TAKEN)))
        return False
    except ValidationError as error:
        for field, errors in error.update_error_dict({}).items():
            form.add_error(field if field in form.fields else None, errors)
        return False
    messages.success(request, _("The organisation is now found by this too."))
    return True


@login_required
@require_POST
def identity_mark_remove(request: HttpRequest, mark: str, pk: int) -> HttpResponse:
    only_centre(request)
    if mark not in MARKS:
        raise Http404
    row = get_object_or_404(MARKS[mark], pk=pk)
    identity_marks.remove_mark(mark=row, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("organisation_identity", pk=row.organisation_id)
