"""Whose technology a row is: by id, registration number or a name that the centre has confirmed.

A holder reads its drafts and its protected texts, so nobody becomes one because a name looks right. Who is not known
for certain stays undecided, and a technology that is there changes its holder only where that was asked for.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from accounts.domain.organisations.confirmation import known_to_centre
from accounts.domain.organisations.identity import Clue, Identified, Why, find_organisations, is_named
from accounts.domain.organisations.identity_marks import add_number
from accounts.enums import Country, NumberKind, OrganisationKind
from accounts.models import Organisation, User
from accounts.names.name_keys import whole_key
from accounts.names.numbers import COUNTRY_OF, compact, kind_in, kinds_of
from kr_ru_platform.words.reading.folding import detect_language
from matching.domain.intake.import_rows import ParsedRow, RowError
from matching.models import Technology

NOT_YET_CREATED = 0
KIND_WORDS = {
    OrganisationKind.UNIVERSITY: r"universi|politecnic|университет|대학|вуз\b",
    OrganisationKind.COMPANY: (
        r"㈜|\(주\)|주식회사|\b(?:ООО|АО|ПАО|ЗАО|LLC|Ltd|Inc|Corp|GmbH|Srl|SpA)\b|\bS\.(?:r\.l|p\.A)\b"
    ),
}
# The id, the compact numbers, the name without its spelling, and the country.
Key = tuple[str, tuple[str, ...], str, str]


@dataclass(slots=True)
class RowHolder:
    """Who a row says it is. No id: nobody, or nobody for certain; 0: one that a dry run does not create."""

    pk: int | None = None
    # Who else bears the name: the holder that is there already may be among them.
    possible: frozenset[int] = frozenset()


@dataclass(slots=True)
class Listed:
    """What a dry run has told about holders: an import that was decided upon it stores that and nothing else."""

    # Who is meant by each way in which the file names somebody; as in RowHolder.
    holders: dict[str, int | None] = field(default_factory=dict)
    # By row: whose the technology was, and whose it becomes (nobody: it stays, with the row's texts).
    changes: dict[str, list[int | None]] = field(default_factory=dict)
    # Holders that the import itself has created, also before it was interrupted.
    made: list[int] = field(default_factory=list)

    def is_holder(self, key: Key, found: int | None) -> bool:
        name = _as_text(key)
        return name in self.holders and self._is(self.holders[name], found)

    def is_change(self, row: ParsedRow, former: int | None, found: int | None) -> bool:
        was, becomes = self.changes.get(str(row.number), [None, None])
        return str(row.number) in self.changes and was == former and self._is(becomes, found)

    def _is(self, listed: int | None, found: int | None) -> bool:
        return listed == found or (listed == NOT_YET_CREATED and found in self.made)


@dataclass(slots=True)
class HolderFinder:
    by: User | None
    dry_run: bool = False
    change_holders: bool = False
    # What may be stored; without it (a command, a dry run) whatever is found.
    allowed: Listed | None = None
    # What this run has told.
    told: Listed = field(default_factory=Listed)
    known: dict[Key, RowHolder] = field(default_factory=dict)
    # Holders that this file has brought, by name alone, and the names by their numbers.
    made: dict[str, int] = field(default_factory=dict)
    numbers_of_made: dict[str, set[str]] = field(default_factory=dict)
    names_of_numbers: dict[str, str] = field(default_factory=dict)

    def find(self, rows: list[ParsedRow], stored: dict[str, Technology]) -> None:
        """Look up whom the rows name. Who is new is created, but not for a technology that is another's."""
        asked: dict[Key, ParsedRow] = {}
        for row in rows:
            if _is_named(row) and (key := _key(row)) not in self.known:
                asked.setdefault(key, row)
        found = find_organisations([_clue(row) for row in asked.values()]) if asked else []
        for (key, row), identified in zip(asked.items(), found, strict=True):
            if self.allowed and not self.allowed.is_holder(key, self._present(key, row, identified)):
                continue  # Not known, and nobody is created for it.
            self.known[key] = self._decide(key, row, identified, is_new=row.external_id not in stored)
            self.told.holders[_as_text(key)] = self.known[key].pk
        for row in rows:
            if _is_named(row) and _key(row) not in self.known:
                _refuse(row, row.holder or row.holder_id)

    def of(self, row: ParsedRow) -> RowHolder:
        return self.known.get(_key(row), RowHolder()) if _is_named(row) else RowHolder()

    def settle(self, row: ParsedRow, technology: Technology) -> tuple[int | None, bool]:
        """The holder to be written, and whether the row may be applied: another's technology is left alone."""
        holder, current = self.of(row), technology.holder_id
        if holder.pk is None or holder.pk == current or current in holder.possible:
            is_other = holder.pk is None and _is_named(row) and current is not None and current not in holder.possible
            if is_other:
                said = f"{technology.holder} → {row.holder or row.holder_id}"
                if not self.change_holders:
                    _note(row, "other_holder", said)
                if not self.change_holders or not self._may_change(row, current, None, said):
                    self.told.changes[str(row.number)] = [current, None]
                    return None, False
            return (holder.pk if holder.pk == current else None), True
        said = f"{technology.holder or '–'} → {self._name(holder, row)}"
        _note(row, "holder_change", said)
        self.told.changes[str(row.number)] = [current, holder.pk]
        if self.change_holders:
            if not self._may_change(row, current, holder.pk, said):
                return None, False
            return self._made(row) if holder.pk == NOT_YET_CREATED and not self.dry_run else holder.pk, True
        return None, current is None

    def _may_change(self, row: ParsedRow, former: int | None, found: int | None, said: str) -> bool:
        """Another holder only as the dry run has listed it; otherwise the row is an error."""
        if self.allowed is None or self.allowed.is_change(row, former, found):
            return True
        _refuse(row, said)
        return False

    def _present(self, key: Key, row: ParsedRow, identified: Identified) -> int | None:
        """Who would be meant now, before anybody is created or noted."""
        if identified.organisation is not None:
            return identified.organisation.pk
        possible = frozenset(candidate.organisation.pk for candidate in identified.candidates)
        if possible <= {self.made.get(key[2])} and (holder := self._of_file(key, row, is_look=True)):
            return holder.pk
        return None if identified.candidates or not row.holder else NOT_YET_CREATED

    def _decide(self, key: Key, row: ParsedRow, identified: Identified, *, is_new: bool) -> RowHolder:
        possible = frozenset(candidate.organisation.pk for candidate in identified.candidates)
        if identified.organisation is not None:
            if identified.candidates:
                _note(row, "holder_named_otherwise", row.holder)
            elif row.holder and not is_named(identified.organisation, row.holder):
                _note(row, "holder_known_by_number", f"{row.holder} → {identified.organisation}")
            return RowHolder(identified.organisation.pk)
        if possible <= {self.made.get(key[2])} and (holder := self._of_file(key, row)):
            return holder
        if identified.candidates:
            is_unchecked = all(candidate.why == Why.UNCONFIRMED for candidate in identified.candidates)
            names = ", ".join(candidate.organisation.name for candidate in identified.candidates[:3])
            said = row.holder if is_unchecked else f"{row.holder} – {names}"
            _note(row, "unchecked_holder" if is_unchecked else "undecided_holder", said)
            return RowHolder(None, possible)
        if not row.holder:
            _note(row, "unknown_holder", row.holder_id or " ".join(row.holder_numbers))
            return RowHolder()
        if not is_new and not self.change_holders:
            return RowHolder(NOT_YET_CREATED)
        return RowHolder(self._make(key, row))

    def _of_file(self, key: Key, row: ParsedRow, *, is_look: bool = False) -> RowHolder | None:
        """Whom this file has brought before under one of the numbers, or under the name where no number contradicts."""
        numbers = set(key[1])
        if name := next((self.names_of_numbers[one] for one in key[1] if one in self.names_of_numbers), None):
            return RowHolder(self.made[name])
        name = key[2]
        if not name or name not in self.made:
            return None
        if numbers and self.numbers_of_made[name] and not numbers & self.numbers_of_made[name]:
            if not is_look:
                _note(row, "undecided_holder", row.holder)
            return RowHolder(None, frozenset(filter(None, [self.made[name]])))
        if not is_look:
            self._note_numbers(key, row, self.made[name])
        return RowHolder(self.made[name])

    def _make(self, key: Key, row: ParsedRow) -> int:
        _note(row, "new_holder", row.holder)
        self.made[key[2]] = pk = NOT_YET_CREATED if self.dry_run else create_holder(row, by=self.by).pk
        if self.allowed and pk:
            self.allowed.made.append(pk)
        self._note_numbers(key, row, pk)
        return pk

    def _note_numbers(self, key: Key, row: ParsedRow, pk: int) -> None:
        """The next file, or one in which the holder has another name, finds it by them."""
        self.numbers_of_made.setdefault(key[2], set()).update(key[1])
        # What has no check digits is as often a zero that only fills the cell.
        kinds = {one: kind for one in key[1] if (kind := row.number_kinds.get(one) or kind_in(one, key[3]))}
        new = [number for number in kinds if number not in self.names_of_numbers]
        self.names_of_numbers |= dict.fromkeys(new, key[2])
        for organisation in Organisation.objects.filter(pk=pk) if new else ():
            for number in new:
                with suppress(ValidationError):  # Somebody has registered with it this very moment.
                    add_number(organisation=organisation, by=self.by, kind=kinds[number], value=number)

    def for_new(self, row: ParsedRow) -> int | None:
        """The holder of a technology that is created now."""
        pk = self.of(row).pk
        return self._made(row) if pk == NOT_YET_CREATED and not self.dry_run else pk

    def _made(self, row: ParsedRow) -> int | None:
        key = _key(row)
        self.known[key] = self._of_file(key, row) or RowHolder(self._make(key, row))
        return self.known[key].pk

    def _name(self, holder: RowHolder, row: ParsedRow) -> str:
        if not holder.pk:
            return row.holder
        return str(Organisation.objects.filter(pk=holder.pk).first() or row.holder)


def create_holder(row: ParsedRow, *, by: User | None) -> Organisation:
    language = detect_language(row.holder, "en")
    kinds = (kind for kind, words in KIND_WORDS.items() if re.search(words, row.holder, re.IGNORECASE))
    stated = next(kinds, None)
    return Organisation.objects.create(
        **{f"name_{language}": row.holder},
        kind=stated or OrganisationKind.INSTITUTE,
        country=row.facts.get("country") or _country_of(row) or Country.OTHER,
        is_name_masked=stated == OrganisationKind.COMPANY or (stated is None and _may_be_korean(row, language)),
        **known_to_centre(by=by),
    )


def _may_be_korean(row: ParsedRow, language: str) -> bool:
    """Korean companies are often written without a legal form: the name is shown once the centre says what it is."""
    countries = {row.facts.get("country"), _country_of(row)} - {None, "", Country.OTHER}
    return Country.KOREA in countries or (language == "ko" and not countries)


def _is_named(row: ParsedRow) -> bool:
    return bool(row.holder or row.holder_id or row.holder_numbers)


def _as_text(key: Key) -> str:
    return json.dumps(key, ensure_ascii=False)


def _key(row: ParsedRow) -> Key:
    numbers = tuple(sorted(set(map(compact, row.holder_numbers))))
    return row.holder_id, numbers, whole_key(row.holder), row.facts.get("country", "")


def _clue(row: ParsedRow) -> Clue:
    """The technology's country stands for its holder's: where they differ, a person decides."""
    told = [(row.number_kinds.get(compact(number), ""), number) for number in row.holder_numbers]
    numbers = tuple((kind, number) if kind else number for kind, number in told)
    return Clue(row.holder_id, numbers, row.holder, row.facts.get("country", ""))


def _country_of(row: ParsedRow) -> str:
    """The one whose registers the numbers are of."""
    numbers = [compact(number) for number in row.holder_numbers]
    told = row.number_kinds
    kinds = {kind for one in numbers for kind in ([NumberKind(told[one])] if one in told else kinds_of(one))}
    countries = {COUNTRY_OF.get(kind, "") for kind in kinds}
    return countries.pop() if len(countries) == 1 else ""


def _refuse(row: ParsedRow, value: str) -> None:
    row.errors.append(RowError(row.number, _column(row), "holder_not_as_listed", value[:300]))


def _note(row: ParsedRow, code: str, value: str) -> None:
    row.notes.append(RowError(row.number, _column(row), code, value[:300]))


def _column(row: ParsedRow) -> str:
    return row.headers.get(("holder", "")) or row.headers.get(("holder_number", "")) or "holder"
