"""The emergency admin of people and organisations; the product's own pages are elsewhere."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import AuthenticatorAdmin
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.domain.ended_rights import end_invitations_without_rights
from accounts.domain.people.sessions import end_sessions
from accounts.models import Membership, Organisation, User
from accounts.signing_in.second_factor import keep_session
from kr_ru_platform.admin import RevisionMixin


def admin_login(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """The admin's own log-in page knows no second factor: everybody goes through the portal's."""
    if not admin.site.has_permission(request):
        raise PermissionDenied
    return redirect("admin:index")


admin.site.login = secure_admin_login(admin_login)  # type: ignore[method-assign]


RIGHTS = {"is_active", "is_staff", "is_superuser", "groups"}


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user", "organisation"]


# Whose key it is and since when; the key itself is shown to nobody.
AuthenticatorAdmin.exclude = ["data"]


@admin.register(User)
class PortalUserAdmin(UserAdmin):
    fieldsets = [
        (None, {"fields": ["email"]}),
        (_("Personal info"), {"fields": ["full_name", "phone", "language"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "full_name", "usable_password", "password1", "password2"]})]
    list_display = ["email", "full_name", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["email", "full_name"]
    ordering = ["email"]
    filter_horizontal = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [MembershipInline]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """A password that somebody else knows is nobody's: people get a new one by e-mail."""
        raise PermissionDenied

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Sessions with the former rights end, as on the page of a person."""
        super().save_related(request, form, formsets, change)
        end_invitations_without_rights()
        if change and RIGHTS & set(form.changed_data):
            end_sessions(user=form.instance, by=request.user)
            if form.instance.pk == request.user.pk:
                request.user.refresh_from_db()
                keep_session(request)


@admin.register(Organisation)
class OrganisationAdmin(RevisionMixin, admin.ModelAdmin):
    list_display = ["name", "kind", "country", "registration_number"]
    list_filter = ["kind", "country"]
    search_fields = ["name_ko", "name_ru", "name_en", "registration_number"]
    # Two people decide that a name is shown: see accounts/domain/organisations/naming.py.
    readonly_fields = ["is_name_masked"]
    inlines = [MembershipInline]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        end_invitations_without_rights()
