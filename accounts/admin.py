"""The emergency admin of people and organisations; the product's own pages are elsewhere."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, User
from kr_ru_platform.admin import RevisionMixin

# The admin's own log-in page knows no second factor: everybody goes through the portal's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user", "organisation"]


@admin.register(User)
class PortalUserAdmin(UserAdmin):
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
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


@admin.register(Organisation)
class OrganisationAdmin(RevisionMixin, admin.ModelAdmin):
    list_display = ["name", "kind", "country", "registration_number"]
    list_filter = ["kind", "country"]
    search_fields = ["name_ko", "name_ru", "name_en", "registration_number"]
    inlines = [MembershipInline]
