"""The page that each person sees first after log-in: what waits for them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.domain.memberships import invitations_for
from accounts.enums import OrganisationKind
from accounts.models import Membership, Organisation, User
from projects.domain.overview import my_work as work

STEP_LABELS = {
    "organisation": pgettext_lazy("step of a company", "Organisation"),
    "profile": pgettext_lazy("step of a company", "Company profile"),
    "demand": pgettext_lazy("step of a company", "First demand"),
    "matches": pgettext_lazy("step of a company", "Matches"),
    "request": pgettext_lazy("step of a company", "Request"),
}
# What to do next, in words, the page where it is done, and the button.
NEXT_ACTIONS = {
    "organisation": (
        _("Register your organisation, so that the centre knows who asks."),
        "my_organisation",
        _("Register"),
    ),
    "profile": (
        _("Tell what your company makes: technologies are matched to it before your first demand."),
        "company_profile",
        _("Write the company profile"),
    ),
    "demand": (
        _("Describe one problem in your own words. The portal finds technologies that solve it."),
        "demand_create",
        _("Write a demand"),
    ),
    "matches": (
        _("Your demand is being compared with all technologies. Look at it for the results."),
        "demand_list",
        _("See your demands"),
    ),
    "request": (
        _("Look at the matches of your demand and ask the centre to introduce you to a holder."),
        "demand_list",
        _("See the matches"),
    ),
}


@login_required
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {
        "my_invitations": invitations_for(user),
        "pending_own": Membership.objects.pending().filter(user=user).select_related("organisation"),
    }
    if user.is_centre_staff:
        context["staff"] = work.staff_work(user=user)
    if user.is_programme_admin:
        context["programme"] = work.programme_figures(user=user)
    context["organisations"] = [_section(user, row) for row in work.organisations_of(user=user)]
    is_outsider = not (user.is_centre_staff or user.is_evaluator or context["organisations"])
    if is_outsider:
        context |= _way_in("organisation", {"organisation": False})
    return render(request, "projects/overview/workspace/workspace.html", context)


def _section(user: User, organisation: Organisation) -> dict[str, Any]:
    technologies = work.partner_technologies(organisation=organisation)
    section: dict[str, Any] = {"organisation": organisation, "technologies": technologies}
    section["is_offering"] = work.is_offering(organisation, technologies)
    if organisation.kind == OrganisationKind.COMPANY:
        company = work.company_work(user=user, organisation=organisation)
        section |= {"company": company, **_way_in(company.next_step, company.done)}
    return section


def _way_in(next_step: str, done: dict[str, bool]) -> dict[str, Any]:
    """The steps with the current one, and the sentence and button for what comes next."""
    if not next_step:
        return {}
    sentence, url_name, action = NEXT_ACTIONS[next_step]
    codes = list(STEP_LABELS)
    return {
        "steps": list(STEP_LABELS.values()),
        "current": codes.index(next_step) + 1,
        "next_sentence": sentence,
        "next_url_name": url_name,
        "next_action": action,
    }
