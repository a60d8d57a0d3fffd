"""Writes imported technologies in batches, with their history."""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from kr_ru_platform.words.languages import Language
from matching.domain.intake.import_rows import ParsedRow, RowError
from matching.domain.technologies import proposed_changes
from matching.domain.technologies.curation import mark_published
from matching.domain.technologies.publication import (
    Origin,
    authors_of_draft,
    is_more_open,
    reason_of,
    reason_to_stay_draft,
    record_many,
)
from matching.domain.technologies.teasers import derived_summary, derived_title, refusal_of_teaser
from matching.enums import Provenance, TechnologyState
from matching.models import Technology, TechnologyText

TECHNOLOGY_FIELDS = (
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
    "state",
    "published_at",
    "expires_on",
    "revision",
    "updated_at",
)
TEXT_FIELDS = ("provenance", "title", "summary", "description", "advantages", "sought", "updated_at")
Texts = dict[Language, dict[str, str]]


@dataclass(slots=True)
class RowChange:
    """What a row changes in a stored technology; not real when nothing differs."""

    technology: Technology
    row: ParsedRow
    is_changed: bool = False
    new_texts: list[TechnologyText] = field(default_factory=list)
    changed_texts: list[TechnologyText] = field(default_factory=list)
    # Of a published technology: what waits for a second person.
    proposed_facts: dict[str, Any] = field(default_factory=dict)
    proposed_texts: dict[str, dict[str, str]] = field(default_factory=dict)
    # Of a draft that is published with the file: who had written it by then.
    authors: set[int] = field(default_factory=set)

    @property
    def is_proposal(self) -> bool:
        return bool(self.proposed_facts or self.proposed_texts)

    @property
    def is_real(self) -> bool:
        is_any = self.is_changed or self.new_texts or self.changed_texts or self.is_proposal
        return not self.row.errors and bool(is_any)


def new_technology(row: ParsedRow, holder_id: int | None, *, owner: User | None, publish: bool) -> Technology:
    technology = Technology(
        external_id=row.external_id,
        source_language=row.source_language or next(iter(row.texts)),
        holder_id=holder_id,
        owner=owner,
        **row.facts,
    )
    texts = [TechnologyText(language=language, **values) for language, values in row.texts.items()]
    if publish and refusal_of_teaser(technology.disclosure, texts):
        row.notes.append(RowError(row.number, "", "stays_draft_repeats", row.external_id))
    elif publish:
        mark_published(technology, timezone.now())
    return technology


def change_of(technology: Technology, row: ParsedRow, holder_id: int | None, *, origin: Origin) -> RowChange:
    change = RowChange(technology, row)
    facts = row.facts | ({} if holder_id is None else {"holder_id": holder_id})
    if technology.state == TechnologyState.PUBLISHED and not origin.publishes:
        return _proposal(change, facts)
    for name, value in facts.items():
        if getattr(technology, name) != value:
            setattr(technology, name, value)
            change.is_changed = True
    stored = {text.language: text for text in technology.texts.all()}
    _keep_one_source(change, stored)
    for language, values in row.texts.items():
        if text := stored.get(language):
            if _change_text(text, values, {name for code, name in row.derived if code == language}):
                change.changed_texts.append(text)
        else:
            change.new_texts.append(TechnologyText(technology=technology, language=language, **values))
    if origin.publishes and technology.state in (TechnologyState.DRAFT, TechnologyState.IN_REVIEW):
        _publish(change, origin, [*stored.values(), *change.new_texts])
    return change


def _publish(change: RowChange, origin: Origin, texts: list[TechnologyText]) -> None:
    """A draft that was there before: not by whoever wrote a part of it, whatever the file holds."""
    technology, row = change.technology, change.row
    if code := reason_to_stay_draft(technology, origin, texts):
        row.notes.append(RowError(row.number, "", code, row.external_id))
        return
    change.authors = authors_of_draft(technology)
    mark_published(technology, timezone.now())
    change.is_changed = True


def _proposal(change: RowChange, facts: dict[str, Any]) -> RowChange:
    """The live profile stays as it is, but for a text that is to be shown to fewer."""
    technology, row = change.technology, change.row
    level = facts.pop("disclosure", technology.disclosure)
    if is_more_open(technology.disclosure, level):
        facts["disclosure"] = level
    elif level != technology.disclosure:
        technology.disclosure, change.is_changed = level, True
    differing = {name: value for name, value in facts.items() if getattr(technology, name) != value}
    stored = {text.language: text for text in technology.texts.all()}
    _keep_one_source(change, stored)
    texts: dict[str, dict[str, str]] = {}
    for language, values in row.texts.items():
        if text := stored.get(language):
            wanted = copy(text)
            _change_text(wanted, values, {name for code, name in row.derived if code == language})
            changed = {name: getattr(wanted, name) for name in values if getattr(wanted, name) != getattr(text, name)}
        else:
            changed = dict(values)
        if changed:
            texts[language] = changed
    if (differing or texts) and not _waits_already(technology, differing, texts):
        holder = {"holder": differing.pop("holder_id")} if "holder_id" in differing else {}
        change.proposed_facts, change.proposed_texts = differing | holder, texts
    return change


def _waits_already(technology: Technology, facts: dict[str, Any], texts: dict[str, dict[str, str]]) -> bool:
    waiting = proposed_changes.waiting_change(technology)
    if waiting is None:
        return False
    known = {("holder_id" if name == "holder" else name): value for name, value in waiting.facts.items()}
    has_facts = all(known.get(name) == value for name, value in facts.items())
    return has_facts and all(values.items() <= waiting.texts.get(code, {}).items() for code, values in texts.items())


def _keep_one_source(change: RowChange, stored: dict[str, TechnologyText]) -> None:
    """A row in another language than the stored source is a translation, unless it insists."""
    row = change.row
    source = next((text for text in stored.values() if text.provenance == Provenance.SOURCE), None)
    if source is None:
        return
    for language, values in row.texts.items():
        if language == source.language or values.get("provenance") != Provenance.SOURCE:
            continue
        if (language, "provenance") in row.derived:
            values["provenance"] = Provenance.MACHINE
        else:
            row.errors.append(RowError(row.number, "provenance", "other_source", source.language))


def _change_text(text: TechnologyText, values: dict[str, str], derived: set[str]) -> bool:
    former = text.description
    made = {"title": derived_title(former), "summary": derived_summary(former)}
    is_changed = False
    for name, value in values.items():
        old = getattr(text, name)
        # What the import makes up itself replaces only what an import made up before.
        if name in derived and (name == "provenance" or old not in ("", made.get(name))):
            continue
        if old != value:
            setattr(text, name, value)
            is_changed = True
    return is_changed


def write_new(
    technologies: list[Technology], texts: list[Texts], *, by: User | None, origin: Origin | None = None
) -> None:
    said = {"default_user": by, "default_change_reason": reason_of(origin)}
    bulk_create_with_history(technologies, Technology, **said)
    rows = [
        TechnologyText(technology=technology, language=language, **values)
        for technology, by_language in zip(technologies, texts, strict=True)
        for language, values in by_language.items()
    ]
    bulk_create_with_history(rows, TechnologyText, **said)
    _record(technologies, origin)


def _record(technologies: list[Technology], origin: Origin | None, authors: dict[int, set[int]] | None = None) -> None:
    if origin is not None and origin.publishes:
        public = [row for row in technologies if row.state == TechnologyState.PUBLISHED]
        record_many(technologies=public, origin=origin, authors=authors)


def write_changes(changes: list[RowChange], *, by: User | None, origin: Origin | None = None) -> None:
    now = timezone.now()
    for change in changes:
        if change.is_proposal:
            proposed_changes.propose(
                technology=change.technology,
                by=by,
                facts=change.proposed_facts,
                texts=change.proposed_texts,
                technology_import=origin.technology_import if origin else None,
            )
        change.technology.revision += 1
        change.technology.updated_at = now
        for text in change.changed_texts:
            text.updated_at = now
    new = [text for change in changes for text in change.new_texts]
    changed = [text for change in changes for text in change.changed_texts]
    technologies = [change.technology for change in changes]
    said = {"default_user": by, "default_change_reason": reason_of(origin)}
    if technologies:
        bulk_update_with_history(technologies, Technology, TECHNOLOGY_FIELDS, **said)
    if changed:
        bulk_update_with_history(changed, TechnologyText, TEXT_FIELDS, **said)
    if new:
        bulk_create_with_history(new, TechnologyText, **said)
    _record(technologies, origin, {change.technology.pk: change.authors for change in changes})
