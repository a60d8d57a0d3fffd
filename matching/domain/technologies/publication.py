"""Whatever stands in public was decided by two people: who may be the second, and the record of it.

A programme manager may decide alone when there is nobody else, and says why: that is recorded and told at the profile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.words.reading.row_keys import as_id
from matching.domain.technologies.teasers import refusal_of_teaser
from matching.enums import ChangeState, DisclosureLevel, PublicationKind, TechnologyRefusal, TechnologyState
from matching.models import ProposedChange, Publication, Technology, TechnologyImport, TechnologyMerge, TechnologyText

# What the public reads. Who is in charge and our own number are for the centre alone.
PUBLIC_FACTS = (
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
)
PUBLIC_COLUMNS = tuple("holder_id" if name == "holder" else name for name in PUBLIC_FACTS)
# The reason that histories give for a row that comes from a file, with the key of its import where it has one.
FROM_FILE = "import"
OPENNESS = (DisclosureLevel.NDA, DisclosureLevel.MEMBERS, DisclosureLevel.PUBLIC)


@dataclass(frozen=True)
class Origin:
    """By whose decision something is published without a review of each profile."""

    kind: PublicationKind
    proposed_by: Sequence[User] = ()
    approved_by: User | None = None
    reason: str = ""
    technology_import: TechnologyImport | None = None
    # An import that does not publish still says which file the changes come from.
    publishes: bool = True
    # By key: the revisions of the drafts that the check of the file saw. None where nothing is checked first.
    seen_drafts: Mapping[str, int] | None = None


def refusal_of_import(*, authors: Sequence[User], by: User, reason: str = "") -> Refusal | None:
    """Why this person may not publish all of a file at once; None when they may."""
    if authors and by not in authors or may_decide_alone(by, reason):
        return None
    return Refusal(TechnologyRefusal.FILE_OF_THE_SAME)


def reason_to_stay_draft(technology: Technology, origin: Origin, texts: Sequence[TechnologyText]) -> str:
    """Why a draft that was there before the file is not published with it, as the code of a remark; empty if it is.

    A file may hold one cell of it; the rest was written by others, whom nobody asked. `texts`: as they become.
    """
    if origin.seen_drafts is not None and origin.seen_drafts.get(str(technology.pk)) != technology.revision:
        return "stays_draft_changed"
    if not can_be_read(texts):
        return "stays_draft_unreadable"
    if refusal_of_teaser(technology.disclosure, texts):
        return "stays_draft_repeats"
    by = origin.approved_by
    if origin.kind != PublicationKind.IMPORT or by is None or may_decide_alone(by, origin.reason):
        return ""
    return "stays_draft_own" if by.pk in authors_of_draft(technology) else ""


def can_be_read(texts: Iterable[TechnologyText]) -> bool:
    return any(text.title and text.summary for text in texts)


def is_more_open(former: str, level: str) -> bool:
    return OPENNESS.index(DisclosureLevel(level)) > OPENNESS.index(DisclosureLevel(former))


def refusal_of_second(*, authors: Iterable[int], by: User, reason: str = "") -> Refusal | None:
    """Why this person may not be the second; None when they may, or decide alone with a reason."""
    if by.pk not in set(authors) or may_decide_alone(by, reason):
        return None
    return Refusal(TechnologyRefusal.WRITTEN_BY_THE_SAME)


def may_decide_alone(by: User, reason: str) -> bool:
    return by.is_programme_admin and bool(reason.strip())


def authors_of_draft(technology: Technology) -> set[int]:
    """Everybody who has changed what the public will read since it was public the last time."""
    rows = list(technology.history.order_by("history_date", "history_id"))
    last = max((i for i, row in enumerate(rows) if row.state == TechnologyState.PUBLISHED), default=-1)
    authors = {
        row.history_user_id
        for i, row in enumerate(rows)
        if i > last and (i == 0 or _differs(rows[i - 1], row)) and row.history_user_id
    }
    texts = TechnologyText.history.filter(technology_id=technology.pk)
    if last >= 0:
        texts = texts.filter(history_date__gt=rows[last].history_date)
    merged = ProposedChange.objects.filter(technology=technology, state=ChangeState.MERGED)
    if last >= 0:
        merged = merged.filter(decided_at__gte=rows[last].history_date)
    authors |= set(texts.exclude(history_user=None).values_list("history_user", flat=True))
    authors |= _authors_of_files([*rows[last + 1 :], *texts])
    authors |= set(merged.exclude(authors=None).values_list("authors", flat=True))
    # Whoever changes it under review takes the sender's place; who sent it stays one all the same.
    authors |= {row.submitted_by_id for row in rows[last + 1 :] if row.state == TechnologyState.IN_REVIEW} - {None}
    authors |= _authors_of_merged(technology, since=rows[last].history_date if last >= 0 else None)
    return authors | ({technology.submitted_by_id} if technology.submitted_by_id else set())


def _authors_of_merged(technology: Technology, *, since: datetime | None) -> set[int]:
    """Whoever wrote a text that came with a record merged into this one: the merger only carried it over."""
    merges = TechnologyMerge.objects.filter(stays=technology).exclude(authors=None)
    if since is not None:
        merges = merges.filter(merged_at__gte=since)
    return set(merges.values_list("authors", flat=True))


def reason_of(origin: Origin | None) -> str:
    """What histories say of rows that come from a file: from which."""
    source = origin.technology_import if origin else None
    return f"{FROM_FILE} {source.pk}" if source else FROM_FILE


def is_from_file(row: Any) -> bool:
    return (row.history_change_reason or "").partition(" ")[0] == FROM_FILE


def _authors_of_files(rows: Iterable[Any]) -> set[int]:
    """Who uploaded a file wrote what stands in it, whoever pressed “import”."""
    said = {row.history_change_reason.partition(" ")[2] for row in rows if is_from_file(row)}
    keys = [key for key in map(as_id, said) if key is not None]
    imports = TechnologyImport.objects.filter(pk__in=keys) if keys else ()
    return {user.pk for row in imports for user in row.authors}


def _differs(former: Technology, row: Technology) -> bool:
    return any(getattr(former, name) != getattr(row, name) for name in PUBLIC_COLUMNS)


def record_review(*, technology: Technology, authors: set[int], by: User, reason: str) -> None:
    record(technology, PublicationKind.REVIEW, authors=authors, by=by, reason=reason)


def record(
    technology: Technology,
    kind: PublicationKind,
    *,
    authors: Iterable[int],
    by: User,
    reason: str = "",
    change: ProposedChange | None = None,
) -> Publication:
    is_alone = by.pk in set(authors)
    return Publication.objects.create(
        technology=technology,
        kind=kind,
        change=change,
        proposers=sorted(authors),
        approved_by=by,
        is_by_one_person=is_alone,
        reason=reason.strip() if is_alone else "",
    )


def record_many(
    *, technologies: Sequence[Technology], origin: Origin, authors: Mapping[int, set[int]] | None = None
) -> None:
    """What an import or a command has published by one decision about all of it.

    `authors`: who had written the drafts among them, by the key of the technology.
    """
    Publication.objects.bulk_create(_of_file(row, origin, (authors or {}).get(row.pk, set())) for row in technologies)


def _of_file(technology: Technology, origin: Origin, authors: set[int]) -> Publication:
    of_file = {user.pk for user in origin.proposed_by}
    by = origin.approved_by
    is_alone = origin.kind == PublicationKind.IMPORT and by is not None and by.pk in of_file | authors
    return Publication(
        technology=technology,
        kind=origin.kind,
        technology_import=origin.technology_import,
        proposers=sorted(of_file | authors),
        approved_by=by,
        is_by_one_person=is_alone,
        reason=origin.reason.strip(),
    )
