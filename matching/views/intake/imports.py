"""Import in the browser: upload, check, decision, progress, result."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.kept.keeping import takes_part_inside
from kr_ru_platform.web.kept.sent_forms import mark_arrived
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.words.spreadsheets import Cell, csv_file
from matching.domain.intake import technology_imports as domain
from matching.domain.intake.batches import NOTICE_CODES
from matching.domain.intake.import_progress import rows_through
from matching.enums import ImportPolicy, ImportState
from matching.forms.intake.import_reading import ColumnNames
from matching.forms.intake.imports import ImportDecisionForm, ImportUploadForm, too_large_message
from matching.models import ImportRowError, TechnologyImport
from matching.nudge import nudge_imports
from matching.views.access import curators_only
from matching.wording.imports import READ_ANEW, message_for

PAGE_SIZE, ERRORS_SHOWN = 20, 100
# What a multipart form adds around the file itself.
FORM_OVERHEAD = 64 * 1024
# Above this the connection is simply closed: nobody sends such a file by mistake.
DRAIN_LIMIT = 2 * 1024**3
HOLDER_CODES = ("holder_change", "other_holder")
STEPS = (ImportState.CHECKING, ImportState.CHECKED, ImportState.IMPORTING, ImportState.DONE)
TEMPLATE_COLUMNS = (
    ("external_id", "KR-0001"),
    ("language", "ru"),
    ("title", "Аморфный металлический провод"),
    ("summary", "Провод из аморфного сплава с низкими потерями."),
    ("description", "Скорость охлаждения расплава достигает миллиона градусов в секунду."),
    ("advantages", "Потери ниже в три раза."),
    ("sought", "Предприятие, которое освоит выпуск."),
    ("provenance", "source"),
    ("title_ko", "비정질 금속선"),
    ("summary_ko", "손실이 적은 비정질 합금 선재."),
    ("provenance_ko", "human"),
    ("holder", "Институт материалов"),
    ("country", "RU"),
    ("field", "metals"),
    ("ipc_codes", "C22C 45/00"),
    ("trl", "6"),
    ("ipr_status", "granted"),
    ("transfer_modes", "joint_development; licence"),
    ("direction", "ru_kr"),
    ("disclosure", "members"),
    ("source_url", "https://example.org/wire"),
)


# The check against forgery reads the whole body, so it must come after the check of the size.
@csrf_exempt
@curators_only
@require_http_methods(["GET", "POST"])
def technology_import(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and _announced_size(request) > _largest_form():
        _drain(request)
        form = ImportUploadForm({})
        form.full_clean()
        form.errors.clear()
        form.add_error("file", too_large_message())
        return _import_page(request, form, status=413)
    return _upload(request)


def _announced_size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _drain(request: HttpRequest) -> None:
    """Read the body away in small pieces: a browser shows no answer while it is still sending."""
    read = 0
    while read < DRAIN_LIMIT and (chunk := request.read(1 << 18)):
        read += len(chunk)
    # Whatever looks for form data after this finds none.
    request._post, request._files = type(request.GET)(), type(request.GET)()  # type: ignore[attr-defined]


def _largest_form() -> int:
    return settings.IMPORT_MAX_BYTES + FORM_OVERHEAD


# Also where the session is over: what was chosen is kept until the log-in; see web/kept/keeping.py.
technology_import.largest_form = _largest_form  # type: ignore[attr-defined]


@csrf_protect
@takes_part_inside
def _upload(request: HttpRequest) -> HttpResponse:
    form = ImportUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ImportUploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            made = domain.upload_import(by=request.user, file=file, name=file.name)
            mark_arrived(request)
            nudge_imports()
            return redirect("technology_import_detail", pk=made.pk)
    return _import_page(request, form)


def _import_page(request: HttpRequest, form: ImportUploadForm, status: int = 200) -> HttpResponse:
    rows = TechnologyImport.objects.select_related("uploaded_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "matching/intake/technology_import.html", context, status=status)


@curators_only
@require_http_methods(["GET", "POST"])
def technology_import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(TechnologyImport.objects.select_related("uploaded_by"), pk=pk)
    initial = {"policy": row.policy or ImportPolicy.GOOD_ROWS, "publish": row.publish}
    initial["expected_revision"] = row.revision
    drafts = row.row_errors.filter(code="draft_would_be_public").count()
    form = ImportDecisionForm(request.POST or None, initial=initial, drafts=drafts)
    if not row.row_errors.filter(code__in=HOLDER_CODES).exists():
        del form.fields["change_holders"]
    if request.method == "POST":
        if "cancel" in request.POST:
            return _cancel(request, row)
        if form.is_valid():
            return _decide(request, row, form)
    return render(request, "matching/intake/technology_import_detail.html", _detail(row, form))


def _detail(row: TechnologyImport, form: ImportDecisionForm) -> dict[str, Any]:
    errors = row.row_errors.exclude(code__in=NOTICE_CODES)
    notices = row.row_errors.filter(code__in=NOTICE_CODES)
    state, through = ImportState(row.state), rows_through(row)
    step = {
        ImportState.UPLOADED: ImportState.CHECKING,
        ImportState.ASKING: ImportState.CHECKING,
    }.get(state, state)
    return {
        "technology_import": row,
        "waiting_count": row.proposed_changes.waiting().count(),
        "form": form,
        **_import_context(row, errors, notices),
        "failure": message_for(row.failure_code) if row.failure_code else "",
        "failure_place": _failure_place(row),
        "question": message_for("uncertain_encoding" if row.layout.get("possible") else "no_known_column"),
        "reading_said": _reading_said(row.layout),
        "can_be_read_otherwise": domain.MOVES.allows(state, ImportState.UPLOADED)
        and bool(row.layout.get("columns") or row.layout.get("possible")),
        "is_working": state in domain.UNFINISHED,
        "is_failed": state in (ImportState.FAILED, ImportState.CANCELLED),
        "steps": [_("Check"), _("Decision"), _("Import"), _("Result")],
        "step": STEPS.index(step) + 1 + (state == ImportState.DONE) if step in STEPS else 1,
        "rows_through": through,
        "progress": _("%(done)s of about %(total)s rows") % {"done": f"{through:,}", "total": f"{row.rows_total:,}"},
    }


def _import_context(
    row: TechnologyImport, errors: QuerySet[ImportRowError], notices: QuerySet[ImportRowError]
) -> dict[str, Any]:
    """A row may have several errors: how many of each there are is said beside both."""
    columns = ColumnNames(row.layout)
    errors_total, notices_total = errors.count(), notices.count()
    bad_rows = errors.exclude(row=0).order_by().values("row").distinct().count()
    said = ngettext("%(count)s error", "%(count)s errors", errors_total) % {"count": f"{errors_total:,}"}
    if bad_rows:
        rows = npgettext("errors in", "%(count)s row", "%(count)s rows", bad_rows) % {"count": f"{bad_rows:,}"}
        said = pgettext("import", "%(errors)s in %(rows)s") % {"errors": said, "rows": rows}
    remarks = ngettext("%(count)s remark", "%(count)s remarks", notices_total) % {"count": f"{notices_total:,}"}
    return {
        "errors": [_in_words(error, columns) for error in errors[:ERRORS_SHOWN]],
        "errors_total": errors_total,
        "errors_said": said,
        "rows_with_errors": bad_rows,
        "notices": [_in_words(notice, columns) for notice in notices[:ERRORS_SHOWN]],
        "notices_total": notices_total,
        "notices_said": remarks,
    }


def _failure_place(row: TechnologyImport) -> str:
    place = row.layout.get("failure") or {}
    said = [_("row %(row)s") % {"row": place["row"]}] if place.get("row") else []
    return " · ".join(filter(None, (*said, place.get("column", ""), row.failure_detail)))


def _reading_said(layout: dict[str, Any]) -> str:
    """Where in the file the rows were found."""
    said = [_("sheet “%(name)s”") % {"name": layout["sheet"]}] if layout.get("sheet") else []
    if layout.get("header_row"):
        said.append(_("names of the columns in row %(row)s") % {"row": layout["header_row"]})
    if layout.get("encoding") and layout["encoding"] != "utf-8-sig":
        said.append(str(layout["encoding"]).upper())
    return " · ".join(said)


def _in_words(error: ImportRowError, columns: ColumnNames) -> dict[str, Any]:
    return {
        "row": error.row or "",
        "column": columns.said(error.column, row=error.row),
        "value": error.value,
        "message": message_for(error.code),
    }


def _decide(request: HttpRequest, row: TechnologyImport, form: ImportDecisionForm) -> HttpResponse:
    try:
        seen = form.cleaned_data["expected_revision"]
        domain.decide_import(technology_import=row, by=request.user, said=form.decision(), expected_revision=seen)
    except StaleRevisionError:
        messages.error(request, READ_ANEW)
    except MoveNotAllowedError as error:
        messages.error(request, in_words(error.refusal) or _("This import has already been decided."))
    else:
        mark_arrived(request)
    nudge_imports()
    return redirect("technology_import_detail", pk=row.pk)


def _cancel(request: HttpRequest, row: TechnologyImport) -> HttpResponse:
    try:
        domain.cancel_import(technology_import=row, by=request.user)
    except MoveNotAllowedError:
        messages.error(request, _("This import can no longer be cancelled."))
    else:
        mark_arrived(request)
    return redirect("technology_import_detail", pk=row.pk)


@curators_only
@require_safe
def technology_import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(TechnologyImport, pk=pk)
    header = [_("Row"), _("Column"), _("Value"), _("Message")]
    columns = ColumnNames(row.layout)
    lines = (
        [error.row or "", columns.said(error.column, row=error.row), error.value, message_for(error.code)]
        for error in row.row_errors.all()
    )
    return _csv(f"import-{pk}-errors.csv", [header, *lines])


@curators_only
@require_safe
def technology_import_template(request: HttpRequest) -> HttpResponse:
    return _csv("technologies.csv", [list(column) for column in zip(*TEMPLATE_COLUMNS, strict=True)])


def _csv(name: str, rows: list[list[Cell]]) -> HttpResponse:
    response = HttpResponse(csv_file(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
