"""What a company makes and can do, with the technologies that fit it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.views.merged_redirects import found_or_moved, leads_on
from kr_ru_platform.saving.errors import StaleRevisionError
from kr_ru_platform.web.revision_forms import reopened
from matching.domain.needs.profiles import save_profile
from matching.forms.needs.profiles import CompanyProfileForm
from matching.models import CompanyProfile
from matching.nudge import nudge_matching
from matching.pages.ranked_lists import match_results, still_waiting


@login_required
def company_profile(request: HttpRequest) -> HttpResponse:
    """The reader's own company; with several, the first, and links to the others."""
    own = Organisation.objects.filter(pk__in=request.user.organisation_ids)
    organisation = own.first()
    if organisation is None:
        if request.user.is_centre_staff:
            messages.info(request, _("Choose a company to see its profile."))
            return redirect("organisation_list")
        messages.info(request, _("A profile belongs to a company: first register yours here, or join it."))
        return redirect("my_organisation")
    return company_profile_for(request, organisation.pk)


@login_required
@leads_on
def company_profile_for(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = found_or_moved(Organisation.objects.visible_to(request.user), pk)
    if request.method == "POST":
        return _save(request, organisation)
    profile = _profile(organisation)
    if request.htmx and profile:
        results = match_results(request, profile)
        if still_waiting(request, results):
            return HttpResponse(status=204)
        return render(request, "matching/matches/list/_results.html", {"results": results})
    return _show(request, organisation, profile, _form_of(profile))


def _profile(organisation: Organisation) -> CompanyProfile | None:
    profiles = CompanyProfile.objects.select_related("scoring_record")
    return profiles.filter(organisation=organisation).first()


def _form_of(profile: CompanyProfile | None) -> CompanyProfileForm:
    if profile is None:
        return CompanyProfileForm(initial={"revision": 0})
    initial = {name: getattr(profile, name) for name in CompanyProfileForm.base_fields}
    return CompanyProfileForm(initial=initial)


def _save(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = CompanyProfileForm(request.POST)
    if not form.is_valid():
        return _show(request, organisation, _profile(organisation), form)
    try:
        save_profile(
            organisation=organisation,
            by=request.user,
            data=form.content,
            expected_revision=max(form.cleaned_data["revision"], 0),
        )
    except StaleRevisionError:
        current = _profile(organisation)
        reopened(form, current, request, field="revision")
        return _show(request, organisation, current, form, status=409)
    nudge_matching()
    messages.success(request, _("The profile is saved."))
    return redirect("company_profile_for", organisation.pk)


def _show(
    request: HttpRequest,
    organisation: Organisation,
    profile: CompanyProfile | None,
    form: CompanyProfileForm,
    status: int = 200,
) -> HttpResponse:
    others = Organisation.objects.filter(pk__in=request.user.organisation_ids).exclude(pk=organisation.pk)
    context = {
        "organisation": organisation,
        "profile": profile,
        "form": form,
        "others": others,
        "is_conflict": status == 409,
        "results": match_results(request, profile) if profile else None,
    }
    return render(request, "matching/needs/profiles/company_profile.html", context, status=status)
