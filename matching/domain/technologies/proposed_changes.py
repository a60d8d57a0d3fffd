"""Changes to what the public reads: proposed by some, decided by somebody else. Writes ProposedChange.

The live profile is what was approved last. One change waits per technology; whoever edits meanwhile adds to it and
becomes one of its authors. Every step counts a revision of the technology, so that nobody decides about what they
have not seen.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.organisations.merging import remembered
from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import MoveNotAllowedError, Refusal, StaleRevisionError
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, save_revision, save_signed
from matching.domain.technologies.publication import PUBLIC_FACTS, record, refusal_of_second
from matching.domain.technologies.teasers import refusal_of_teaser
from matching.enums import ChangeState, Provenance, PublicationKind, TechnologyRefusal, TechnologyState
from matching.models import ProposedChange, Technology, TechnologyImport, TechnologyText
from matching.models.publication import WAITING

TEXT_FIELDS = ("provenance", "title", "summary", "description", "advantages", "sought")
Texts = dict[str, dict[str, str]]
# Whoever edits what was returned opens it again.
MOVES = Moves(
    {
        ChangeState.OPEN: [ChangeState.APPROVED, ChangeState.RETURNED, ChangeState.DROPPED, ChangeState.MERGED],
        ChangeState.RETURNED: [ChangeState.OPEN, ChangeState.DROPPED, ChangeState.MERGED],
    }
)


def waiting_change(technology: Technology) -> ProposedChange | None:
    return ProposedChange.objects.waiting().filter(technology=technology).first()


def stored_value(name: str, value: Any) -> Any:
    """As JSON keeps it: rows by their key."""
    if isinstance(value, Organisation):
        return value.pk
    return list(value) if isinstance(value, (list, tuple)) else value


def live_facts(technology: Technology) -> dict[str, Any]:
    return {name: stored_value(name, getattr(technology, name)) for name in PUBLIC_FACTS}


def live_texts(technology: Technology) -> Texts:
    texts = TechnologyText.objects.filter(technology=technology)
    return {text.language: {name: getattr(text, name) for name in TEXT_FIELDS} for text in texts}


def propose(
    *,
    technology: Technology,
    by: User | None,
    facts: Mapping[str, Any] | None = None,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    technology_import: TechnologyImport | None = None,
) -> bool:
    """Add to the change that waits, or begin one. Whether anything is different now; the technology is locked."""
    change = ProposedChange.objects.waiting().select_for_update().filter(technology=technology).first()
    before = (change.facts, change.texts) if change else ({}, {})
    wanted = {name: stored_value(name, value) for name, value in (facts or {}).items() if name in PUBLIC_FACTS}
    after = (
        _differing({**before[0], **wanted}, live_facts(technology)),
        _differing_texts(_merged(before[1], texts or {}), live_texts(technology)),
    )
    if after == before:
        return False
    change = change or ProposedChange(technology=technology, technology_import=technology_import)
    if not any(after):
        _close(change, ChangeState.DROPPED, by)
        return True
    change.facts, change.texts = after
    _decided(change, ChangeState.OPEN, None)
    change.save()
    # Whoever lets a file in has proposed what is in it; so have those who uploaded it and said how to read it.
    of_file = technology_import.authors if technology_import else []
    change.authors.add(*([by] if by else []), *of_file)
    return True


def _differing(wanted: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value != live.get(name)}


def _merged(former: Texts, added: Mapping[str, Mapping[str, str]]) -> Texts:
    languages = dict.fromkeys([*former, *added])
    return {code: {**former.get(code, {}), **added.get(code, {})} for code in languages}


def _differing_texts(wanted: Texts, live: Texts) -> Texts:
    """A new language version is kept whole: with a title or not, somebody has to read all of it."""
    found = {code: _differing(values, live[code]) if code in live else values for code, values in wanted.items()}
    return {code: values for code, values in found.items() if values}


def overlaid_facts(technology: Technology, change: ProposedChange | None) -> Technology:
    """The technology as it would be, for a form: a copy that is not to be saved."""
    shown = copy(technology)
    _overlay(shown, change.facts if change else {})
    return shown


def _overlay(technology: Technology, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name == "holder":
            technology.holder_id = present_holder(value)
        else:
            setattr(technology, name, value)


def present_holder(key: int | None) -> int | None:
    """JSON holds no relation: a key written while its organisation was merged leads to the one that stayed."""
    return remembered([key]).get(key, key) if key else key


def overlaid_text(technology: Technology, language: str, change: ProposedChange | None) -> TechnologyText | None:
    """The text as it would be; None where there is none and none is proposed."""
    stored = next((text for text in technology.texts.all() if text.language == language), None)
    wanted = change.texts.get(language) if change else None
    if wanted is None:
        return stored
    shown = copy(stored) if stored else TechnologyText(technology=technology, language=language)
    for name, value in wanted.items():
        setattr(shown, name, value)
    return shown


def refusal_of_approval(*, change: ProposedChange, by: User, reason: str = "") -> Refusal | None:
    if not MOVES.allows(change.state, ChangeState.APPROVED):
        return Refusal(TechnologyRefusal.CHANGE_IS_DECIDED)
    if refusal := refusal_of_second(authors=authors_of(change), by=by, reason=reason):
        return refusal
    technology = change.technology
    texts = filter(None, [overlaid_text(technology, code, change) for code in change.texts])
    return refusal_of_teaser(overlaid_facts(technology, change).disclosure, texts)


def authors_of(change: ProposedChange) -> set[int]:
    return set(change.authors.values_list("pk", flat=True))


@transaction.atomic
def approve_change(*, change: ProposedChange, by: User, expected_revision: int, reason: str = "") -> ProposedChange:
    """It becomes what the public reads, and the record says who proposed and who approved."""
    technology, change = _locked(change, expected_revision)
    if refusal := refusal_of_approval(change=change, by=by, reason=reason):
        raise MoveNotAllowedError(change, ChangeState.APPROVED, refusal=refusal)
    if technology.state != TechnologyState.PUBLISHED:
        refusal = Refusal(TechnologyRefusal.NOT_PUBLISHED)
        raise MoveNotAllowedError(change, ChangeState.APPROVED, refusal=refusal)
    _write(technology, change, by)
    _close(change, ChangeState.APPROVED, by, reason)
    record(technology, PublicationKind.CHANGE, authors=authors_of(change), by=by, reason=reason, change=change)
    return change


@transaction.atomic
def return_change(*, change: ProposedChange, by: User, expected_revision: int, reason: str) -> ProposedChange:
    """Back to those who wrote it, with a reason; the live profile stays as it is."""
    technology, change = _locked(change, expected_revision)
    if not MOVES.allows(change.state, ChangeState.RETURNED) or not reason.strip():
        raise MoveNotAllowedError(change, ChangeState.RETURNED, refusal=Refusal(TechnologyRefusal.NO_REASON))
    _decided(change, ChangeState.RETURNED, by, reason)
    change.save()
    save_revision(technology, by=by)
    return change


@transaction.atomic
def drop_change(*, change: ProposedChange, by: User, expected_revision: int, reason: str = "") -> ProposedChange:
    technology, change = _locked(change, expected_revision)
    if not MOVES.allows(change.state, ChangeState.DROPPED):
        refusal = Refusal(TechnologyRefusal.CHANGE_IS_DECIDED)
        raise MoveNotAllowedError(change, ChangeState.DROPPED, refusal=refusal)
    _close(change, ChangeState.DROPPED, by, reason)
    save_revision(technology, by=by)
    return change


def take_into_draft(*, technology: Technology, by: User | None) -> None:
    """The profile leaves the public: what waits goes into it, to be checked when it is published again."""
    keep_public_titles(technology)
    change = ProposedChange.objects.waiting().select_for_update().filter(technology=technology).first()
    if change is not None:
        _apply(technology, change, by)
        _close(change, ChangeState.MERGED, by)


def keep_public_titles(technology: Technology) -> None:
    """Before anything of it changes: what those are told who know it and may not read a draft. The caller saves."""
    texts = TechnologyText.objects.filter(technology=technology).exclude(title="")
    technology.public_titles = dict(texts.values_list("language", "title"))


def approve_import(*, changes: Iterable[ProposedChange], by: User) -> tuple[int, int]:
    """All changes of one import that this person may approve: how many were, and how many were not."""
    done = left = 0
    for change in changes:
        try:
            approve_change(change=change, by=by, expected_revision=change.technology.revision)
        except (MoveNotAllowedError, StaleRevisionError):
            left += 1
        else:
            done += 1
    return done, left


def naming_holder(organisation: Organisation) -> QuerySet[ProposedChange]:
    """Changes in any state whose facts name it, as wanted or as they were."""
    return ProposedChange.objects.filter(Q(facts__holder=organisation.pk) | Q(before__facts__holder=organisation.pk))


def move_holder(*, goes: Organisation, stays: Organisation, by: User) -> int:
    """Two organisations become one, whose technologies have moved: how many changes named the one that goes.

    What waits for a holder that the technology has by this waits no longer.
    """
    rows = naming_holder(goes) | naming_holder(stays).filter(state__in=WAITING)
    # Technologies first, as everywhere.
    list(Technology.objects.filter(proposed_changes__in=rows).order_by("pk").select_for_update(of=("self",)))
    moved = 0
    for change in rows.select_for_update(of=("self",)).order_by("pk"):
        is_named = _lead_on(change.facts, goes, stays) | _lead_on(change.before.get("facts", {}), goes, stays)
        moved += is_named
        if change.state in WAITING:
            _look_again(change, by)
        elif is_named:
            change.save()
    return moved


def _lead_on(facts: dict[str, Any], goes: Organisation, stays: Organisation) -> bool:
    is_named = facts.get("holder") == goes.pk
    if is_named:
        facts["holder"] = stays.pk
    return is_named


def _look_again(change: ProposedChange, by: User) -> None:
    """Whoever has it open sees that it is another one."""
    technology = Technology.objects.get(pk=change.technology_id)
    change.facts = _differing(change.facts, live_facts(technology))
    if change.facts or change.texts:
        change.save()
    else:
        _close(change, ChangeState.DROPPED, by)
    save_revision(technology, by=by)


def _locked(change: ProposedChange, expected_revision: int) -> tuple[Technology, ProposedChange]:
    technology = locked_row(Technology.objects.filter(pk=change.technology_id), expected_revision)
    return technology, locked_row(change)


def _write(technology: Technology, change: ProposedChange, by: User) -> None:
    change.before = {"facts": live_facts(technology), "texts": live_texts(technology)}
    _apply(technology, change, by)
    save_revision(technology, by=by)


def _apply(technology: Technology, change: ProposedChange, by: User | None) -> None:
    _overlay(technology, change.facts)
    stored = {text.language: text for text in TechnologyText.objects.filter(technology=technology)}
    # A text that is the source no longer makes room for the one that becomes it.
    for code in sorted(change.texts, key=lambda code: change.texts[code].get("provenance") == Provenance.SOURCE):
        text = stored.get(code) or TechnologyText(technology=technology, language=code)
        for name, value in change.texts[code].items():
            setattr(text, name, value)
        save_signed(text, by=by)
        if text.provenance == Provenance.SOURCE:
            technology.source_language = code


def _close(change: ProposedChange, state: ChangeState, by: User | None, reason: str = "") -> None:
    _decided(change, state, by, reason)
    if change.pk is not None or state != ChangeState.DROPPED:
        change.save()


def _decided(change: ProposedChange, state: ChangeState, by: User | None, reason: str = "") -> None:
    """What was said before stays, so that whoever looks at it later reads why it went back."""
    if change.reason and change.decided_at:
        said = {"by": change.decided_by_id, "at": change.decided_at.isoformat(), "reason": change.reason}
        change.former_reasons = [*change.former_reasons, said]
    is_open = state == ChangeState.OPEN
    change.state, change.decided_by, change.decided_at = state, by, None if is_open else timezone.now()
    change.reason = reason.strip()
