"""The emergency admin of research tasks; the product's own pages are elsewhere."""

from django.contrib import admin
from django.http import HttpRequest

from kr_ru_platform.admin import RevisionMixin
from projects.models import (
    Agreement,
    BudgetLine,
    CooperationEvent,
    Outcome,
    Programme,
    ResearchTask,
    TaskPartner,
)


@admin.register(Programme)
class ProgrammeAdmin(RevisionMixin, admin.ModelAdmin):
    list_display = ["code", "year", "name_ko", "budget_krw"]
    list_filter = ["year"]


class TaskPartnerInline(admin.TabularInline):
    model = TaskPartner
    extra = 0
    autocomplete_fields = ["organisation"]


class BudgetLineInline(admin.TabularInline):
    model = BudgetLine
    extra = 0


@admin.register(ResearchTask)
class ResearchTaskAdmin(RevisionMixin, admin.ModelAdmin):
    list_display = ["number", "title_ko", "programme", "task_type", "state"]
    list_filter = ["programme", "task_type", "state"]
    search_fields = ["number", "title_ko", "title_ru", "title_en"]
    raw_id_fields = ["introduction", "technology", "demand", "manager"]
    inlines = [TaskPartnerInline, BudgetLineInline]


@admin.register(Outcome)
class OutcomeAdmin(RevisionMixin, admin.ModelAdmin):
    list_display = ["research_task", "kind", "value", "currency", "status"]
    list_filter = ["kind", "status"]
    raw_id_fields = ["research_task", "reported_by", "checked_by"]
    # What counts was verified by somebody other than who reported it, also in an emergency.
    readonly_fields = ["status", "checked_by", "checked_at", "reported_by"]

    def has_change_permission(self, request: HttpRequest, obj: Outcome | None = None) -> bool:
        """A figure that somebody changed here would still count as the reporter's; the pages know whose it is."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    list_display = ["organisation", "focus", "signed_on"]
    autocomplete_fields = ["organisation"]


@admin.register(CooperationEvent)
class CooperationEventAdmin(admin.ModelAdmin):
    list_display = ["name_ko", "city_ko", "held_on"]
