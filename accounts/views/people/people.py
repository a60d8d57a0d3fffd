"""People and their rights at the centre, for programme managers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rules
from accounts.domain.lists import people_for_list
from accounts.domain.people.people import assign_groups
from accounts.enums import Group
from accounts.errors import OwnRightsError
from accounts.forms.people import GroupsForm, PeopleFilterForm
from accounts.models import User
from accounts.signing_in import second_factor
from accounts.views.reauthentication import shown_again

PAGE_SIZE = 25


@login_required
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    if not rules.can_see_people(request.user):
        raise PermissionDenied
    form = PeopleFilterForm(request.GET)
    form.is_valid()  # An unknown choice in the address is ignored.
    page = Paginator(people_for_list(filters=form.cleaned_data), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/people/people_list.html", {"filter_form": form, "page": page})


def _is_change(request: HttpRequest) -> bool:
    """Where staff need a second factor they show it, or their password, again before rights change."""
    return settings.STAFF_MFA_REQUIRED and "is_confirmed" in request.POST


@login_required
@require_http_methods(["GET", "POST"])
@shown_again(_is_change)
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The first POST shows what would change, the second, with `is_confirmed`, changes it."""
    if not rules.can_assign_groups(request.user):
        raise PermissionDenied
    person = get_object_or_404(User.objects.prefetch_related("memberships__organisation"), pk=pk)
    form = GroupsForm(request.POST or None, initial={"groups": sorted(person.group_names)})
    context = {
        "person": person,
        "form": form,
        "log": _log_of(person),
        "can_close": rules.can_close_account(request.user, person),
    }
    if person.is_closed:
        return render(request, "accounts/people/person_detail.html", context)
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["groups"])
        if "is_confirmed" in request.POST:
            return _assign(request, person, wanted)
        context |= {
            "given": _labels(wanted - person.group_names),
            "taken": _labels(person.group_names - wanted),
            "wanted": sorted(wanted),
        }
        if context["given"] or context["taken"]:
            return render(request, "accounts/people/person_confirm.html", context)
        messages.info(request, _("Nothing was changed."))
    return render(request, "accounts/people/person_detail.html", context)


def _assign(request: HttpRequest, person: User, wanted: set[str]) -> HttpResponse:
    try:
        assign_groups(user=person, groups=wanted, by=request.user)
        if person.pk == request.user.pk:
            request.user.refresh_from_db()
            second_factor.keep_session(request)
    except OwnRightsError:
        messages.error(request, _("Another programme manager has to take this right from you."))
    else:
        messages.success(request, _("The rights of %(person)s have been changed.") % {"person": person})
    return redirect("person_detail", pk=person.pk)


def _labels(groups: set[str] | frozenset[str]) -> list[str]:
    return [str(Group(name).label) for name in sorted(groups) if name in Group.values]


def _log_of(person: User) -> list[LogEntry]:
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    return list(entries.select_related("user__closing")[:20])
