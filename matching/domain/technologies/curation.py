"""Technologies as people write and check them: facts, texts, and the moves between states."""

import logging
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.saving.errors import LASTING, MoveNotAllowedError, Refusal
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, refuse_stale, save_revision, save_signed
from kr_ru_platform.words.languages import Language
from matching.domain.technologies import proposed_changes, publication
from matching.domain.technologies.teasers import refusal_of_teaser, refuse_repetition
from matching.enums import IprStatus, Provenance, TechnologyRefusal, TechnologyState
from matching.models import Technology, TechnologyText

logger = logging.getLogger(__name__)

FACTS = (
    "external_id",
    "holder",
    "country",
    "field",
    "ipc_codes",
    "trl",
    "ipr_status",
    "transfer_modes",
    "direction",
    "disclosure",
    "source_url",
    "owner",
)
HELD_AT_ONCE = 500
TEXT_FIELDS = ("title", "summary", "description", "advantages", "sought")

# Published → published says: still true, and valid for another year. Every other way into the public leads
# through a review: see publication.py.
MOVES = Moves(
    {
        TechnologyState.DRAFT: [TechnologyState.IN_REVIEW, TechnologyState.ARCHIVED],
        TechnologyState.IN_REVIEW: [TechnologyState.PUBLISHED, TechnologyState.DRAFT, TechnologyState.ARCHIVED],
        TechnologyState.PUBLISHED: [TechnologyState.PUBLISHED, TechnologyState.ON_HOLD, TechnologyState.ARCHIVED],
        TechnologyState.ON_HOLD: [TechnologyState.IN_REVIEW, TechnologyState.DRAFT, TechnologyState.ARCHIVED],
        TechnologyState.ARCHIVED: [TechnologyState.DRAFT],
    }
)


class MergedAwayError(MoveNotAllowedError):
    """The record is archived for good: another one, `row.merged_as.stays`, goes on in its place."""


class SecondSourceError(MoveNotAllowedError):
    """A technology has one source text; `row` is it."""


def create_technology(
    *, by: User, data: dict[str, Any], texts: dict[str, dict[str, Any]], source_language: str = ""
) -> Technology:
    """A new draft. The source language is that of the text marked as source, unless stated."""
    sources = [code for code, text in texts.items() if text.get("provenance") == Provenance.SOURCE]
    language = source_language or next(iter([*sources, *texts]))
    technology = Technology(source_language=language, owner=data.get("owner") or by)
    with transaction.atomic():
        _assign(technology, FACTS, {**data, "owner": technology.owner})
        save_signed(technology, by=by)
        for code, values in texts.items():
            text = TechnologyText(technology=technology, language=code)
            _save_text(text, values, by)
    return technology


def update_technology(
    *, technology: Technology, by: User, data: dict[str, Any], expected_revision: int | None = None
) -> Technology:
    with transaction.atomic():
        locked = _locked_to_be_written(technology, expected_revision)
        is_public = locked.state == TechnologyState.PUBLISHED
        level = data.get("disclosure") or locked.disclosure
        if publication.is_more_open(level, locked.disclosure):
            refuse_repetition(locked, level, locked.texts.all())
        is_changed = _assign(locked, FACTS, _free_facts(locked, data) if is_public else data)
        is_proposed = is_public and proposed_changes.propose(technology=locked, by=by, facts=data)
        if is_changed:
            _note_change_in_review(locked, by)
        if is_changed or is_proposed:
            save_revision(locked, by=by)
    return locked


def _free_facts(technology: Technology, data: dict[str, Any]) -> dict[str, Any]:
    """What one person may change of a published profile: what nobody outside reads, and to show less of it."""
    free = {name: value for name, value in data.items() if name not in publication.PUBLIC_FACTS}
    level = data.get("disclosure")
    if level and not publication.is_more_open(technology.disclosure, level):
        free["disclosure"] = level
    return free


def save_text(
    *,
    technology: Technology,
    language: str,
    by: User,
    data: dict[str, Any],
    expected_revision: int | None = None,
) -> TechnologyText:
    """Of a published profile the text becomes public when a second person has approved it."""
    with transaction.atomic():
        locked = _locked_to_be_written(technology, expected_revision)
        if locked.state == TechnologyState.PUBLISHED:
            return _propose_text(locked, language, by, data)
        text = locked.texts.filter(language=language).first()
        text = text or TechnologyText(technology=locked, language=language)
        if data.get("provenance") == Provenance.SOURCE:
            _refuse_second_source(locked, language)
        if _save_text(text, data, by):
            if text.provenance == Provenance.SOURCE:
                locked.source_language = language
            _note_change_in_review(locked, by)
            save_revision(locked, by=by)
    return text


def _locked_to_be_written(technology: Technology, expected_revision: int | None) -> Technology:
    """Merged away is told before changed: the newer revision is the merge itself."""
    locked = locked_row(technology)
    if hasattr(locked, "merged_as"):
        raise MergedAwayError(locked, refusal=Refusal(TechnologyRefusal.IS_MERGED))
    refuse_stale(locked, expected_revision)
    return locked


def _propose_text(technology: Technology, language: str, by: User, data: dict[str, Any]) -> TechnologyText:
    """The text as it would be. There is one source, also among what is proposed."""
    change = proposed_changes.waiting_change(technology)
    wanted = copy(proposed_changes.overlaid_text(technology, language, change) or TechnologyText(language=language))
    _assign(wanted, TEXT_FIELDS, data)
    refuse_repetition(technology, proposed_changes.overlaid_facts(technology, change).disclosure, [wanted])
    if data.get("provenance") == Provenance.SOURCE:
        codes = {text.language for text in technology.texts.all()} | set(change.texts if change else ())
        for code in codes - {language}:
            other = proposed_changes.overlaid_text(technology, code, change)
            if other is not None and other.provenance == Provenance.SOURCE:
                _refuse_source(other)
    if proposed_changes.propose(technology=technology, by=by, texts={language: data}):
        save_revision(technology, by=by)
    text = proposed_changes.overlaid_text(technology, language, proposed_changes.waiting_change(technology))
    return text or TechnologyText(technology=technology, language=language, **data)


def move_technology(
    *, technology: Technology, to: TechnologyState, by: User, expected_revision: int | None = None, reason: str = ""
) -> Technology:
    """The reason is why one person publishes alone; without one it takes two."""
    with transaction.atomic():
        locked = locked_row(technology, expected_revision)
        if refusal := refusal_of(technology=locked, to=to, by=by, reason=reason):
            raise MoveNotAllowedError(locked, to, refusal=refusal)
        if to == TechnologyState.IN_REVIEW:
            locked.submitted_by = by
        elif to == TechnologyState.PUBLISHED:
            if locked.state == TechnologyState.IN_REVIEW:
                authors = publication.authors_of_draft(locked)
                publication.record_review(technology=locked, authors=authors, by=by, reason=reason)
                locked.reviewed_by = by
            mark_published(locked, timezone.now())
        elif locked.state == TechnologyState.PUBLISHED:
            proposed_changes.take_into_draft(technology=locked, by=by)
        locked.state = to
        save_revision(locked, by=by)
    return locked


def refusal_of(*, technology: Technology, to: TechnologyState, by: User, reason: str = "") -> Refusal | None:
    """Why this person may not make this move now; None when it may be made."""
    state = TechnologyState(technology.state)
    if hasattr(technology, "merged_as"):
        return Refusal(TechnologyRefusal.IS_MERGED)
    if not MOVES.allows(state, to):
        return Refusal(TechnologyRefusal.NOT_FROM_THIS_STATE, {"state": state.label})
    if to in (TechnologyState.IN_REVIEW, TechnologyState.PUBLISHED):
        texts = technology.texts.all()
        if not publication.can_be_read(texts):
            return Refusal(TechnologyRefusal.NOTHING_TO_READ)
        if refusal := refusal_of_teaser(technology.disclosure, texts):
            return refusal
    is_check = state == TechnologyState.IN_REVIEW and to == TechnologyState.PUBLISHED
    if not is_check or publication.may_decide_alone(by, reason):
        return None
    if technology.submitted_by_id == by.pk:
        return Refusal(TechnologyRefusal.SENT_BY_THE_SAME)
    return publication.refusal_of_second(authors=publication.authors_of_draft(technology), by=by)


def must_say_why(*, technology: Technology, to: TechnologyState, by: User) -> bool:
    """Refused for want of a second person, but this one may do it alone and say why."""
    is_refused = bool(refusal_of(technology=technology, to=to, by=by))
    return is_refused and not refusal_of(technology=technology, to=to, by=by, reason="-")


def mark_published(technology: Technology, now: datetime) -> None:
    technology.state = TechnologyState.PUBLISHED
    technology.published_at = technology.published_at or now
    technology.expires_on = year_after(timezone.localdate(now))


def hold_expired() -> int:
    """Hide what nobody confirmed in time, until a curator says that it is still true. How many.

    Each by itself: one that cannot be held does not keep the others in the public.
    """
    expired = Technology.objects.published().filter(expires_on__lt=timezone.localdate())
    return sum(_hold(expired, pk) for pk in expired.order_by("id").values_list("pk", flat=True)[:HELD_AT_ONCE])


def _hold(expired: QuerySet[Technology], pk: int) -> bool:
    try:
        with transaction.atomic():
            technology = expired.filter(pk=pk).select_for_update(skip_locked=True).first()
            if technology is None:
                return False
            proposed_changes.take_into_draft(technology=technology, by=None)
            technology.state = TechnologyState.ON_HOLD
            save_revision(technology, by=None)
    except LASTING:
        logger.exception("Technology %s has expired and cannot be held.", pk)
        return False
    return True


def year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def completeness(technology: Technology) -> list[tuple[str, bool]]:
    """What a full profile has: codes of its parts, and whether each is there. Prefetch `texts`."""
    texts = {text.language: text for text in technology.texts.all()}
    source = texts.get(technology.source_language)
    facts = ("holder_id", "country", "field", "trl", "transfer_modes", "source_url")
    done = [(name.removesuffix("_id"), bool(getattr(technology, name))) for name in facts]
    done.append(("ipr_status", technology.ipr_status != IprStatus.UNKNOWN))
    for name in ("summary", "description", "advantages", "sought"):
        done.append((name, bool(source and getattr(source, name))))
    for code in Language.values:
        done.append((f"text_{code}", code in texts and bool(texts[code].summary)))
    return done


def _assign(row: Any, names: tuple[str, ...], data: dict[str, Any]) -> bool:
    changed = [name for name in names if name in data and getattr(row, name) != data[name]]
    for name in changed:
        setattr(row, name, data[name])
    return bool(changed)


def _save_text(text: TechnologyText, data: dict[str, Any], by: User) -> bool:
    if not _assign(text, ("provenance", *TEXT_FIELDS), data):
        return False
    save_signed(text, by=by)
    return True


def _note_change_in_review(technology: Technology, by: User) -> None:
    """Who changes a profile under review becomes the one whose work another person has to check."""
    if technology.state == TechnologyState.IN_REVIEW:
        technology.submitted_by = by


def _refuse_second_source(technology: Technology, language: str) -> None:
    others = technology.texts.filter(provenance=Provenance.SOURCE).exclude(language=language)
    if other := others.first():
        _refuse_source(other)


def _refuse_source(other: TechnologyText) -> None:
    language = {"language": other.get_language_display()}
    raise SecondSourceError(other, refusal=Refusal(TechnologyRefusal.SECOND_SOURCE, language))
