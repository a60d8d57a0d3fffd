"""The emergency admin. People work in the portal's own pages; what machines write is read-only here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.admin import HistoryAdmin, RevisionMixin
from matching.domain.technologies.publication import PUBLIC_FACTS
from matching.enums import TechnologyState
from matching.models import (
    CompanyProfile,
    Demand,
    Feedback,
    IndexRecord,
    IndexState,
    Introduction,
    Match,
    MatchRequest,
    ScorerSwitch,
    ScorerVersion,
    ScoringRecord,
    Technology,
    TechnologyImport,
    TechnologyText,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_published(obj: Any) -> bool:
    return obj is not None and obj.state == TechnologyState.PUBLISHED


class TechnologyTextInline(admin.StackedInline):
    model = TechnologyText
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_published(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_published(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_published(obj) and super().has_delete_permission(request, obj)


@admin.register(Technology)
class TechnologyAdmin(HistoryAdmin):
    list_display = ("id", "external_id", "working_title", "state", "source_language", "owner", "updated_at")
    list_filter = ("state", "field", "country", "source_language")
    search_fields = ("external_id", "texts__title")
    raw_id_fields = ("holder", "owner", "submitted_by", "reviewed_by")
    inlines = (TechnologyTextInline,)
    # Into the public leads the review by two people, also in an emergency: domain/technologies/publication.py.
    decided_elsewhere = ("state", "published_at", "submitted_by", "reviewed_by")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.decided_elsewhere + (PUBLIC_FACTS + ("source_language",) if _is_published(obj) else ())

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("texts").select_related("owner")


@admin.register(Demand)
class DemandAdmin(HistoryAdmin):
    list_display = ("id", "title", "organisation", "state", "updated_at")
    list_filter = ("state", "field")
    search_fields = ("title", "external_id")
    raw_id_fields = ("organisation", "written_by")
    list_select_related = ("organisation",)


@admin.register(CompanyProfile)
class CompanyProfileAdmin(RevisionMixin, admin.ModelAdmin):
    list_display = ("id", "organisation", "field", "ksic_code", "updated_at")
    raw_id_fields = ("organisation",)
    list_select_related = ("organisation",)


@admin.register(MatchRequest)
class MatchRequestAdmin(ReadOnlyAdmin):
    list_display = ("id", "technology_id", "organisation", "state", "owner", "due_on")
    list_filter = ("state",)
    list_select_related = ("organisation", "owner")


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    list_display = ("id", "match_request_id", "introduced_on", "introduced_by")
    list_select_related = ("introduced_by",)


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    list_display = ("id", "technology_id", "demand_id", "profile_id", "verdict", "reason", "decided_by", "decided_at")
    list_filter = ("verdict", "reason")
    list_select_related = ("decided_by",)


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin):
    list_display = ("id", "technology_id", "demand_id", "profile_id", "points", "scorer_version", "scored_at")
    list_filter = ("scorer_version",)

    @admin.display(description=_("score"), ordering="score")
    def points(self, match: Match) -> int:
        return match.points


@admin.register(ScorerVersion)
class ScorerVersionAdmin(ReadOnlyAdmin):
    list_display = ("name", "formula", "made_at")


@admin.register(ScorerSwitch)
class ScorerSwitchAdmin(ReadOnlyAdmin):
    list_display = ("version", "switched_by", "switched_at")
    list_select_related = ("version", "switched_by")


@admin.register(IndexRecord)
class IndexRecordAdmin(ReadOnlyAdmin):
    list_display = ("id", "technology_id", "demand_id", "profile_id", "revision", "encoder", "failures", "indexed_at")
    list_filter = ("encoder",)


@admin.register(IndexState)
class IndexStateAdmin(ReadOnlyAdmin):
    list_display = ("encoder", "complete_at", "building", "problem")


@admin.register(ScoringRecord)
class ScoringRecordAdmin(ReadOnlyAdmin):
    list_display = ("id", "technology_id", "demand_id", "profile_id", "revision", "candidates", "scored_at")


@admin.register(TechnologyImport)
class TechnologyImportAdmin(ReadOnlyAdmin):
    list_display = ("id", "name", "state", "uploaded_by", "rows_total", "error_count", "created_at")
    list_filter = ("state",)
    list_select_related = ("uploaded_by",)
