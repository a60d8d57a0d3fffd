"""What an import makes up where a file says nothing: titles and summaries.

Both are public, so they are made from a description only where the whole profile is public. A text
that only members or parties to an NDA may read never gets into them.
"""

from copy import copy

from kr_ru_platform.words.languages import Language
from matching.domain.intake.import_rows import ParsedRow, RowError
from matching.domain.technologies.teasers import derived_summary, derived_title, repeating_parts
from matching.enums import DisclosureLevel, TechnologyState
from matching.models import Technology, TechnologyText

# From the most open level to the most protected one.
LEVELS = (DisclosureLevel.PUBLIC, DisclosureLevel.MEMBERS, DisclosureLevel.NDA)
Stored = dict[str, TechnologyText]


def derive(row: ParsedRow, technology: Technology | None) -> None:
    """Complete the row's texts as far as the level allows it; what is missing then is an error."""
    stored = {text.language: text for text in technology.texts.all()} if technology else {}
    _keep_level(row, technology)
    is_public = _level(row, technology) == DisclosureLevel.PUBLIC
    for language, values in row.texts.items():
        former = stored.get(language)
        _complete_title(row, language, values, former, is_public=is_public)
        _complete_summary(row, language, values, former, is_public=is_public)
    if technology and not is_public:
        _refuse_what_was_public(row, technology, stored)
    if not is_public:
        _require_summary(row, stored)


def _level(row: ParsedRow, technology: Technology | None) -> str:
    former = technology.disclosure if technology else DisclosureLevel.MEMBERS
    return str(row.facts.get("disclosure", former))


def _keep_level(row: ParsedRow, technology: Technology | None) -> None:
    """A file does not open what is protected: that is decided on the technology's own page."""
    stated = row.facts.get("disclosure")
    if technology and stated and LEVELS.index(stated) < LEVELS.index(DisclosureLevel(technology.disclosure)):
        del row.facts["disclosure"]
        row.notes.append(RowError(row.number, "disclosure", "disclosure_kept", f"{technology.disclosure} → {stated}"))


def _complete_title(
    row: ParsedRow, language: str, values: dict[str, str], former: TechnologyText | None, *, is_public: bool
) -> None:
    if values.get("title"):
        return
    source = values.get("summary") or (values.get("description", "") if is_public else "")
    if _is_uncomputed(row, "title", language):
        source = ""
    if title := derived_title(source):
        values["title"] = title
        row.derived.add((language, "title"))
    elif former is None or not former.title:
        row.errors.append(RowError(row.number, _column("title", language, row), "title_needed"))


def _complete_summary(
    row: ParsedRow, language: str, values: dict[str, str], former: TechnologyText | None, *, is_public: bool
) -> None:
    if values.get("summary") or not values.get("description"):
        return
    if is_public and not _is_uncomputed(row, "summary", language):
        values["summary"] = derived_summary(values["description"])
        row.derived.add((language, "summary"))
    elif former is None or not former.summary:
        row.summaries_missing.add(language)


def _is_uncomputed(row: ParsedRow, name: str, language: str) -> bool:
    """The sender has one, only its value is not in the file: nothing else takes its place."""
    return (name, language) in row.uncomputed or (language == row.source_language and (name, "") in row.uncomputed)


def _refuse_what_was_public(row: ParsedRow, technology: Technology, stored: Stored) -> None:
    """A profile that becomes protected keeps no teaser made from its text; a protected one that is live gets none."""
    is_raised = technology.disclosure == DisclosureLevel.PUBLIC
    if not is_raised and technology.state != TechnologyState.PUBLISHED:
        return
    for language in sorted({*stored, *row.texts}):
        former, given = stored.get(language), row.texts.get(Language(language), {})
        before = repeating_parts(former) if former else set()
        after = copy(former) if former else TechnologyText(language=language)
        for name, value in given.items():
            # What was made up for this row takes the place of nothing that somebody wrote.
            if not (former and (language, name) in row.derived and getattr(former, name)):
                setattr(after, name, value)
        kept = {name for name in before if given.get(name, "") in ("", getattr(former, name))}
        refused = repeating_parts(after) | kept if is_raised else repeating_parts(after) - before
        for name in sorted(refused, reverse=True):
            row.errors.append(RowError(row.number, _column(name, language, row), f"{name}_needed"))


def _require_summary(row: ParsedRow, stored: Stored) -> None:
    """Who states that a text is protected also has to say what the public may read of it."""
    has_one = any(text.summary for text in stored.values()) or any(t.get("summary") for t in row.texts.values())
    if has_one:
        row.summaries_missing.clear()
    elif row.summaries_missing and "disclosure" in row.facts:
        language = min(row.summaries_missing)
        row.errors.append(RowError(row.number, _column("summary", language, row), "summary_needed"))


def _column(name: str, language: str, row: ParsedRow) -> str:
    """As the file calls it, where it has that column."""
    is_own = language == row.source_language
    named = row.headers.get((name, language)) or (row.headers.get((name, "")) if is_own else None)
    return named or (name if is_own else f"{name}_{language}")
