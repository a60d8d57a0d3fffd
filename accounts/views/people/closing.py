"""Closing an account: one's own, or somebody's who asked the centre for it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import rules
from accounts.domain.people.closing import close_account, hindrances_of
from accounts.errors import LastOwnerError, LastProgrammeAdminError
from accounts.forms.people import CloseAccountForm
from accounts.models import User
from accounts.views.reauthentication import is_posted, shown_again


@login_required
@require_http_methods(["GET", "POST"])
@shown_again(is_posted)
def my_account_close(request: HttpRequest) -> HttpResponse:
    return _close(request, request.user)


@login_required
@require_http_methods(["GET", "POST"])
@shown_again(is_posted)
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    if not rules.can_see_people(request.user):
        raise PermissionDenied
    return _close(request, get_object_or_404(User, pk=pk))


def _close(request: HttpRequest, person: User) -> HttpResponse:
    if not rules.can_close_account(request.user, person):
        raise PermissionDenied
    is_own = person.pk == request.user.pk
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_closed(request, person):
        if is_own:
            logout(request)
        messages.success(request, _("The account has been closed."))
        return redirect("home" if is_own else "people_list")
    context = {
        "person": person,
        "is_own": is_own,
        "form": form,
        "hindrances": hindrances_of(person),
        "back": reverse("my_details") if is_own else reverse("person_detail", args=[person.pk]),
    }
    return render(request, "accounts/people/close_account.html", context)


def _is_closed(request: HttpRequest, person: User) -> bool:
    """Refused with the page that says what stands in the way, which may be new since it was shown."""
    try:
        close_account(user=person, by=request.user)
    except (LastOwnerError, LastProgrammeAdminError):
        return False
    return True
