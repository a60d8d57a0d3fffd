"""What the pages of one technology have in common: tabs, completeness, moves, conflicts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.revision_forms import reopened
from kr_ru_platform.words.history import FieldChange
from kr_ru_platform.words.languages import NATIVE_NAMES, Language
from kr_ru_platform.words.stored_values import NOTHING, shown_value
from matching.domain.technologies import curation, proposed_changes
from matching.enums import TechnologyState
from matching.models import Technology, TechnologyText


class Meter:
    """How complete a profile is, and what it lacks in words."""

    def __init__(self, technology: Technology) -> None:
        parts = curation.completeness(technology)
        self.total = len(parts)
        self.done = sum(is_done for _code, is_done in parts)
        self.percent = round(100 * self.done / self.total)
        self.words = _("%(done)s of %(total)s") % {"done": self.done, "total": self.total}
        self.missing = [_part_label(code) for code, is_done in parts if not is_done]


def _part_label(code: str) -> str:
    if code.startswith("text_"):
        language = Language(code.removeprefix("text_"))
        return _("text in: %(language)s") % {"language": language.label}
    model = Technology if code in {field.name for field in Technology._meta.fields} else TechnologyText
    return str(model._meta.get_field(code).verbose_name)


def technology_or_404(request: HttpRequest, pk: int) -> Technology:
    rows = Technology.objects.visible_to(request.user).with_texts().select_related("owner", "submitted_by")
    return get_object_or_404(rows, pk=pk)


def page_context(request: HttpRequest, technology: Technology, active: str) -> dict[str, Any]:
    """What every page of one technology shows around its form."""
    stored = {text.language for text in technology.texts.all()}
    pages = [("facts", _("Facts"), reverse("technology_edit", args=[technology.pk]), "")]
    for code, native in NATIVE_NAMES:
        url = reverse("technology_text_edit", args=[technology.pk, code])
        pages.append((code, native, url, "" if code in stored else "–"))
    pages.append(("matches", _("Matches"), reverse("technology_matches", args=[technology.pk]), ""))
    pages.append(("history", _("History"), reverse("technology_history", args=[technology.pk]), ""))
    return {
        "technology": technology,
        "tabs": [
            {"label": label, "url": url, "active": code == active, "count": note} for code, label, url, note in pages
        ],
        "meter": Meter(technology),
        "moves": _moves(request, technology),
        "waiting_change": proposed_changes.waiting_change(technology),
        "alone": technology.publications.filter(is_by_one_person=True).select_related("approved_by").first(),
    }


def with_waiting(technology: Technology) -> Technology:
    """The facts as those who edit them have left them, approved or not."""
    return proposed_changes.overlaid_facts(technology, proposed_changes.waiting_change(technology))


def texts_with_waiting(technology: Technology) -> dict[str, TechnologyText]:
    """The same of the texts, by language."""
    change = proposed_changes.waiting_change(technology)
    codes = {text.language for text in technology.texts.all()} | set(change.texts if change else ())
    texts = {code: proposed_changes.overlaid_text(technology, code, change) for code in codes}
    return {code: text for code, text in texts.items() if text is not None}


def waits_words(technology: Technology) -> str:
    """A sentence to go on with where something now waits for a second person."""
    if proposed_changes.waiting_change(technology) is None:
        return ""
    return " " + _("Readers see it when a second person has approved it.")


def _moves(request: HttpRequest, technology: Technology) -> list[dict[str, Any]]:
    words = move_words(technology)
    return [
        {
            "state": to,
            "is_forward": to in (TechnologyState.IN_REVIEW, TechnologyState.PUBLISHED),
            "label": words[to]["label"],
            "refusal": in_words(curation.refusal_of(technology=technology, to=to, by=request.user)),
            "alone": curation.must_say_why(technology=technology, to=to, by=request.user),
        }
        for to in curation.MOVES.from_(technology.state)
    ]


def move_words(technology: Technology) -> dict[TechnologyState, dict[str, Any]]:
    is_published = technology.state == TechnologyState.PUBLISHED
    publish = (
        (_("Confirm for another year"), _("The profile is still true and stays published for a year."))
        if is_published
        else (_("Publish"), _("Everybody can find it from now on. It is valid for one year."))
    )
    words = {
        TechnologyState.IN_REVIEW: (_("Send for review"), _("Another person checks and publishes it.")),
        TechnologyState.PUBLISHED: publish,
        TechnologyState.DRAFT: (_("Back to draft"), _("Only the centre sees it until it is published again.")),
        TechnologyState.ON_HOLD: (_("Put on hold"), _("It is hidden and not matched until it is published again.")),
        TechnologyState.ARCHIVED: (
            _("Archive"),
            _("It is hidden and not matched any more. Requests and introductions that refer to it stay."),
        ),
    }
    return {to: {"label": label, "text": text} for to, (label, text) in words.items()}


def stale_words(*, is_own: bool) -> str:
    """Why a decision has to be made once more."""
    if is_own:
        return _("You changed this technology in another window. Look at it again before you decide.")
    return _("Somebody changed this technology meanwhile. Look at it again before you decide.")


def conflict(
    request: HttpRequest, name: str, context: dict[str, Any], theirs: Technology | TechnologyText | None
) -> HttpResponse:
    """Somebody saved first: keep what was typed, show both, and let the curator decide."""
    form, technology = context["form"], context["technology"]
    reopened(form, technology, request, field="revision")
    differences = []
    for field in form._meta.model._meta.fields:
        if field.name in form._meta.fields:
            other = _shown(theirs, field) if theirs else NOTHING
            mine = _shown(form.instance, field)
            if mine != other:
                differences.append(FieldChange(str(field.verbose_name), other, mine))
    latest = technology.history.select_related("history_user__closing").first()
    context |= {"conflict": differences, "changed_by": latest.history_user, "changed_at": technology.updated_at}
    return render(request, f"matching/curation/technology/{name}.html", context, status=409)


def _shown(row: Technology | TechnologyText, field: Any) -> str:
    value = getattr(row, field.name)
    return str(value) if field.is_relation and value is not None else shown_value(field, value)
