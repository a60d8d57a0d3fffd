"""Which organisation is meant: by its id, by a number, by a name that the centre has confirmed – or not known.

A name that somebody gave themselves identifies nothing: whoever registers "Institute of Metals" must not be handed that
institute's technologies and their protected texts. The same holds for a number of an organisation that nobody has
confirmed. Such organisations, and names that are merely alike, come back as candidates for a person to decide on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from accounts.enums import Country, NumberKind
from accounts.models import Organisation, OrganisationAlias, OrganisationNumber
from accounts.names.name_keys import CORE, name_keys, whole_key
from accounts.names.numbers import COUNTRY_OF, compact, kinds_of, written

# With its kind (an accounts.enums.NumberKind) or, where the file does not say of which register it is, without.
Number = str | tuple[str, str]


class FoundBy(StrEnum):
    EXTERNAL_ID = "external_id"
    NUMBER = "number"
    NAME = "name"
    ALIAS = "alias"


class Why(StrEnum):
    """Why an organisation is only a candidate."""

    UNCONFIRMED = "unconfirmed"  # The centre has not confirmed who it is.
    AMBIGUOUS = "ambiguous"  # Several answer to the same name or to the numbers given.
    OTHER_NUMBER = "other_number"  # The name fits, but the number given is not among its own.
    OTHER_COUNTRY = "other_country"
    OTHER_REGISTER = "other_register"  # The same digits are right in another country's register, too.
    NAME_OF_ANOTHER = "name_of_another"  # The id or number says one organisation, the name another: this one.
    LIKE = "like"  # The same name with another legal form, or without one.


@dataclass(frozen=True, slots=True)
class Clue:
    """What a row, a form or a letter says of one organisation."""

    external_id: str = ""
    numbers: tuple[Number, ...] = ()
    name: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    organisation: Organisation
    why: Why


@dataclass(frozen=True, slots=True)
class Identified:
    """`organisation` is the one that is meant, or None; then `candidates` are those to decide on, if there are any."""

    organisation: Organisation | None = None
    found_by: FoundBy | None = None
    candidates: tuple[Candidate, ...] = ()


def find_organisation(
    *, external_id: str = "", numbers: Iterable[Number] = (), name: str = "", country: str = ""
) -> Identified:
    """One organisation; for many rows at once see `find_organisations`."""
    return find_organisations([Clue(external_id, tuple(numbers), name, country)])[0]


def is_named(organisation: Organisation, name: str) -> bool:
    """Whether this is a name of it, in whatever spelling or legal form."""
    keys = name_keys(name)
    if set(keys) & set(organisation.name_keys):
        return True
    return OrganisationAlias.objects.filter(organisation=organisation, name_keys__overlap=list(keys)).exists()


def find_organisations(clues: Sequence[Clue]) -> list[Identified]:
    """For each clue, in the same order, who is meant. Four queries however many clues there are.

    An external id decides before a number, a number before a name. Found by name is only a confirmed organisation, and
    only if it is the only one of that name, of the country given (where one is), and where no number is given: one that
    is not known says that somebody else may be meant.
    When nobody is found and there is no candidate either, the organisation is new; with candidates a person decides.
    """
    known = _Known(clues)
    return [_identify(clue, known) for clue in clues]


@dataclass(slots=True)
class _Known:
    """Everything in the database that the clues could mean."""

    clues: Sequence[Clue]
    rows: dict[int, Organisation] = field(default_factory=dict)
    by_external_id: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_number: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    by_key: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_alias: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        ids = {clue.external_id for clue in self.clues if clue.external_id}
        numbers = {value for clue in self.clues for _kind, value in _numbers_with_kinds(clue)}
        keys = list({key for clue in self.clues for key in name_keys(clue.name)})
        self._find(ids, numbers, keys)
        self._complete()

    def _find(self, ids: set[str], numbers: set[str], keys: list[str]) -> None:
        business = {written(NumberKind.KR_BUSINESS, number) for number in numbers}
        asked = Q(external_id__in=ids) | Q(registration_number__in=business) | Q(name_keys__overlap=keys)
        for row in Organisation.objects.filter(asked):
            self.rows[row.pk] = row
            for key in row.name_keys:
                self.by_key[key].add(row.pk)
        for alias in OrganisationAlias.objects.filter(name_keys__overlap=keys):
            for key in alias.name_keys:
                self.by_alias[key].add(alias.organisation_id)
        external = Q(kind=NumberKind.EXTERNAL, value__in=ids)
        other = ~Q(kind=NumberKind.EXTERNAL) & Q(value__in=numbers)
        found = OrganisationNumber.objects.filter(external | other).values_list("kind", "value", "organisation_id")
        for kind, value, pk in found:
            if kind == NumberKind.EXTERNAL:
                self.by_external_id[value].add(pk)
            else:
                self.by_number[kind, value].add(pk)

    def _complete(self) -> None:
        pointed = [*self.by_external_id.values(), *self.by_number.values(), *self.by_alias.values()]
        missing = set().union(*pointed) - self.rows.keys()
        self.rows |= Organisation.objects.in_bulk(missing)
        for row in self.rows.values():
            if row.external_id:
                self.by_external_id[row.external_id].add(row.pk)
            if row.registration_number:
                number = (NumberKind.KR_BUSINESS.value, compact(row.registration_number))
                self.by_number[number].add(row.pk)


def _identify(clue: Clue, known: _Known) -> Identified:
    by_id = known.by_external_id.get(clue.external_id, set()) if clue.external_id else set()
    if len(by_id) > 1:
        return Identified(candidates=_candidates(by_id, Why.AMBIGUOUS, known))
    if by_id:
        return _certain(next(iter(by_id)), FoundBy.EXTERNAL_ID, clue, known)
    by_number = {pk for kind, value in _numbers_with_kinds(clue) for pk in known.by_number.get((kind, value), ())}
    if len(fitting := {pk for pk in by_number if _is_sure(clue, pk, known)}) == 1:
        # The same digits, given by somebody whom nobody has confirmed or of another country's register, spoil nothing.
        return _certain(fitting.pop(), FoundBy.NUMBER, clue, known)
    if len(by_number) > 1:
        return Identified(candidates=_candidates(by_number, Why.AMBIGUOUS, known))
    for pk in by_number:
        row = known.rows[pk]
        unsure = Why.OTHER_COUNTRY if clue.country else Why.OTHER_REGISTER
        return Identified(candidates=(Candidate(row, unsure if row.is_confirmed else Why.UNCONFIRMED),))
    return _by_name(clue, known)


def _is_sure(clue: Clue, pk: int, known: _Known) -> bool:
    """The number is of one register only, or its register is told; else the country or the own name has to fit.

    Ten digits may be right in Korea and in Russia: where nothing says which of both is meant, a person decides.
    """
    row = known.rows[pk]
    given = [one for one in _numbers_with_kinds(clue) if pk in known.by_number.get(one, ())]
    told = {(number[0], compact(number[1])) for number in clue.numbers if not isinstance(number, str)}
    if any(one in told or len(kinds_of(one[1])) == 1 for one in given):
        return row.is_confirmed
    is_there = clue.country in {row.country, *(COUNTRY_OF.get(NumberKind(kind)) for kind, _value in given)}
    is_named = not clue.country and pk in _bearers(clue.name, known)
    return row.is_confirmed and (is_named or is_there)


def _certain(pk: int, found_by: FoundBy, clue: Clue, known: _Known) -> Identified:
    """The id or number decides; a name that is another's is worth a look all the same."""
    others = _bearers(clue.name, known) - {pk} if pk not in _bearers(clue.name, known) else set()
    return Identified(known.rows[pk], found_by, _candidates(others, Why.NAME_OF_ANOTHER, known))


def _by_name(clue: Clue, known: _Known) -> Identified:
    bearers = _bearers(clue.name, known)
    doubts = {pk: why for pk in bearers if (why := _doubt(clue, pk, known))}
    sure = bearers - doubts.keys()
    alike = _alike(clue.name, known) - bearers
    candidates = [Candidate(known.rows[pk], doubts[pk]) for pk in sorted(doubts)]
    candidates += _candidates(alike, Why.LIKE, known)
    if len(sure) == 1:
        pk = next(iter(sure))
        is_own_name = pk in known.by_key.get(whole_key(clue.name), ())
        return Identified(known.rows[pk], FoundBy.NAME if is_own_name else FoundBy.ALIAS, tuple(candidates))
    return Identified(candidates=(*_candidates(sure, Why.AMBIGUOUS, known), *candidates))


def _doubt(clue: Clue, pk: int, known: _Known) -> Why | None:
    row = known.rows[pk]
    if not row.is_confirmed:
        return Why.UNCONFIRMED
    if _contradicts(clue):
        return Why.OTHER_NUMBER
    return Why.OTHER_COUNTRY if _is_elsewhere(clue, row) else None


def _is_elsewhere(clue: Clue, row: Organisation) -> bool:
    return bool(clue.country) and Country.OTHER not in (clue.country, row.country) and clue.country != row.country


def _contradicts(clue: Clue) -> bool:
    """A number was given, and nobody is known by it: so it is not one of whoever bears the name.

    Also where no number of theirs is known: two institutes may bear one name, and a stranger may bear an institute's.
    """
    return any(sign.isdigit() for _kind, value in _numbers_with_kinds(clue) for sign in value)


def _bearers(name: str, known: _Known) -> set[int]:
    key = whole_key(name)
    return known.by_key.get(key, set()) | known.by_alias.get(key, set()) if key else set()


def _alike(name: str, known: _Known) -> set[int]:
    cores = [key for key in name_keys(name) if key.startswith(CORE)]
    return {pk for key in cores for pk in known.by_key.get(key, set()) | known.by_alias.get(key, set())}


def _candidates(pks: Iterable[int], why: Why, known: _Known) -> tuple[Candidate, ...]:
    return tuple(Candidate(known.rows[pk], why) for pk in sorted(pks))


def _numbers_with_kinds(clue: Clue) -> Iterator[tuple[str, str]]:
    """Each number given with its kind, or with every kind that it can be of."""
    for number in clue.numbers:
        kind, text = ("", number) if isinstance(number, str) else number
        if value := compact(text):
            yield from ((one, value) for one in ([kind] if kind else map(str, sorted(kinds_of(value)))))
