"""What the emergency admins of all apps have in common."""

from typing import Any

from django.forms import ModelForm
from django.http import HttpRequest


class RevisionMixin:
    """Counts a revision, so that the worker and open forms notice the change."""

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if change:
            obj.revision += 1
        super().save_model(request, obj, form, change)  # type: ignore[misc]
