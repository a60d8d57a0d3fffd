"""What the emergency admins of all apps have in common, and the frame's own tables."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.saving.revisions import save_revision, save_signed


class RevisionMixin:
    """Counts a revision, so that the worker and open forms notice the change."""

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        save = save_revision if change else save_signed
        save(obj, by=request.user)


class HistoryAdmin(RevisionMixin, SimpleHistoryAdmin):
    """Former versions are read and never put back: a whole row written back would pass every decision made since.

    What was shown, to whom and under which name at that time was decided about that time; see ADR 13.
    """

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """What was sent, what waits and what failed. Not the text: it holds links that open accounts."""

    list_display = ["subject", "receiver", "state", "attempts", "created_at", "due_at", "sent_at", "error"]
    list_filter = ["state", "created_at"]
    search_fields = ["subject", "receiver"]
    ordering = ["-pk"]
    fields = [*list_display, "sender", "message_id"]
    readonly_fields = fields
    actions = ["send_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    @admin.action(description=_("Try failed e-mails again"))
    def send_again(self, request: HttpRequest, queryset: "QuerySet[Mail]") -> None:
        failed = queryset.filter(state=MailState.FAILED)
        failed.update(state=MailState.WAITING, attempts=0, due_at=timezone.now())
