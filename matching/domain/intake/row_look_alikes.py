"""Whether a row looks like something that is there already, or like another row of its file.

Only remarks: two technologies may well bear one name. Looking by meaning takes time, so in a long file only the first
rows are compared that way; ids and titles are compared in all of them.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db.models.functions import Lower

from kr_ru_platform.words.reading.folding import fold, fold_id
from matching.domain.intake.import_rows import ParsedRow, RowError
from matching.domain.technologies.look_alikes import look_alikes
from matching.models import Technology, TechnologyText

# So many new rows of a file are compared by meaning and by the letters of their titles.
BY_MEANING = 100
VALUE_SHOWN = 300


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


@dataclass(slots=True)
class LookAlikes:
    """Remembers short keys of what the file holds: 100,000 rows take some megabytes."""

    ids: dict[bytes, int] = field(default_factory=dict)
    titles: dict[bytes, int] = field(default_factory=dict)
    known_ids: dict[bytes, int] | None = None
    left_by_meaning: int = BY_MEANING

    def note_rows(self, rows: list[ParsedRow], stored: Collection[str] = ()) -> None:
        """Rows of the same file: ids that differ by case or dash, equal titles of what is not there yet."""
        for row in rows:
            if row.external_id:
                earlier = self.ids.setdefault(_key(fold_id(row.external_id)), row.number)
                is_other = earlier != row.number and not any(error.code == "duplicate_id" for error in row.errors)
                if is_other and row.external_id not in stored:
                    _note(row, row.id_column, "looks_like_id_in_file", str(earlier))
            for language, values in row.texts.items():
                if title := values.get("title", ""):
                    earlier = self.titles.setdefault(_key(fold(title)), row.number)
                    if earlier != row.number and (row.errors or row.external_id not in stored):
                        _note(row, _title_column(row, language), "looks_like_row", f"{earlier}: {title}")
                        break

    def note_stored(self, rows: list[ParsedRow], stored: dict[str, Technology], *, by_meaning: bool) -> None:
        """New rows beside technologies that are there already."""
        new = [row for row in rows if row.external_id not in stored]
        self._note_ids([row for row in new if row.external_id])
        found = self._note_titles(new)
        for row in new:
            if by_meaning and self.left_by_meaning > 0 and row.number not in found:
                self.left_by_meaning -= 1
                _note_meaning(row)

    def _note_ids(self, rows: list[ParsedRow]) -> None:
        if rows and self.known_ids is None:
            stored = Technology.objects.exclude(external_id="").values_list("external_id", "pk")
            self.known_ids = {_key(fold_id(external_id)): pk for external_id, pk in stored.iterator()}
        found = {row.number: (self.known_ids or {}).get(_key(fold_id(row.external_id))) for row in rows}
        names = dict(Technology.objects.filter(pk__in=filter(None, found.values())).values_list("pk", "external_id"))
        for row in rows:
            if (name := names.get(found[row.number] or 0)) and name != row.external_id:
                _note(row, row.id_column, "looks_like_id", name)

    def _note_titles(self, rows: list[ParsedRow]) -> set[int]:
        titles = {values["title"].lower() for row in rows for values in row.texts.values() if values.get("title")}
        same = TechnologyText.objects.annotate(lower=Lower("title")).filter(lower__in=titles)
        known = dict(same.order_by("-pk").values_list("lower", "technology__external_id"))
        found = set()
        for row in rows:
            for language, values in row.texts.items():
                title = values.get("title", "")
                if title and title.lower() in known:
                    said = f"{title} {known[title.lower()]}".strip()
                    _note(row, _title_column(row, language), "looks_like_technology", said)
                    found.add(row.number)
                    break
        return found


def _note_meaning(row: ParsedRow) -> None:
    language = row.source_language or next(iter(row.texts), "")
    values = row.texts.get(language, {})  # type: ignore[call-overload]
    if not values.get("title"):
        return
    alike = look_alikes(title=values["title"], summary=values.get("summary", ""), language=str(language))
    near = next((one for one in alike if one.is_probably_the_same), None)
    if near is not None:
        said = f"{near.technology.working_title} {near.technology.external_id}".strip()
        _note(row, _title_column(row, str(language)), "looks_like_technology", said)


def _title_column(row: ParsedRow, language: str) -> str:
    return row.headers.get(("title", language)) or row.headers.get(("title", "")) or "title"


def _note(row: ParsedRow, column: str, code: str, value: str) -> None:
    row.notes.append(RowError(row.number, column, code, value[:VALUE_SHOWN]))
