"""The emergency admin: for superusers, and without deleting."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest

# A lost telephone: whoever has shown who they are sets up a new second factor.
MAY_BE_DELETED = frozenset({"mfa.authenticator"})


class NeverDeletes:
    """Deleting a person, an organisation or a technology would take along what has to be proved later."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[InlineModelAdmin]:
        inlines = list(super().get_inline_instances(request, obj))  # type: ignore[misc]
        for inline in inlines:
            inline.can_delete = False
        return inlines


class PortalAdminSite(admin.AdminSite):
    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is one has used a second factor, see accounts/signing_in/middleware.py."""
        return bool(super().has_permission(request) and request.user.is_superuser)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        for model in models:
            base = admin_class or admin.ModelAdmin
            if model._meta.label_lower not in MAY_BE_DELETED:
                base = type(base.__name__, (NeverDeletes, base), {"__module__": base.__module__})
            super().register(model, base, **options)
