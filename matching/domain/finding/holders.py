"""Technologies by the name of their holder, in whatever script it is asked for.

A holder whose name is masked is found only by those who may read the name: the centre and its own people.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from accounts.models import Organisation, OrganisationAlias, OrganisationNumber
from accounts.names.name_keys import core_words
from accounts.names.numbers import compact
from matching.enums import TechnologyState
from matching.models import Technology

MOST_NAMED = 12
MOST_LISTED = 12
SHORTEST_NUMBER = 4

Words = tuple[str, ...]


@dataclass(frozen=True)
class HolderKeys:
    """What one holder can be asked for by, folded."""

    pk: int
    # The words of each name, without the legal form.
    names: tuple[Words, ...]
    numbers: frozenset[str]


@dataclass(frozen=True)
class NamedHolders:
    """Holders that a query names: by their whole name or number, or by a part of it."""

    whole: tuple[int, ...] = ()
    partly: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.whole or self.partly)


class HolderCount(NamedTuple):
    holder: Organisation
    technologies: int


def readable_by(user: Any) -> QuerySet[Organisation]:
    """Holders whose name this reader may see: neither masked nor unconfirmed ones, except to insiders."""
    return Organisation.objects.named_for(user)


def named_holders(query: str, *, user: Any) -> NamedHolders:
    """Holders that this reader may know and whose name, or one of whose numbers, is what was asked for."""
    asked, number = _words(query), compact(query)
    whole, partly = [], []
    for keys in _all_keys(*_state()) if asked else ():
        if (len(number) >= SHORTEST_NUMBER and number in keys.numbers) or _is_same(asked, keys.names):
            whole.append(keys.pk)
        elif any(_is_part(asked, name) for name in keys.names):
            partly.append(keys.pk)
    holding = readable_by(user).filter(pk__in=[*whole, *partly], technologies__state=TechnologyState.PUBLISHED)
    readable = set(holding.values_list("pk", flat=True)) if whole or partly else set()
    whole, partly = ([pk for pk in found if pk in readable] for found in (whole, partly))
    # What so many have in their names, such as "institute", names none of them.
    return NamedHolders(tuple(whole), tuple(partly) if len(partly) <= MOST_NAMED else ())


def _words(name: str) -> Words:
    return core_words("".join(map(_without_accent, name)))


def _without_accent(letter: str) -> str:
    """Latin letters alone: й is another letter than и, a Korean syllable no letter with marks."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def _is_same(asked: Words, names: Iterable[Words]) -> bool:
    return "".join(asked) in map("".join, names)


def _is_part(asked: Words, name: Words) -> bool:
    """Each word begins one of the name's; a Korean one may stand anywhere in it."""
    return all(len(word) > 1 and any(_is_in(word, other) for other in name) for word in asked)


def _is_in(word: str, other: str) -> bool:
    return word in other if "가" <= word[0] <= "힣" else word == other or (len(word) > 2 and other.startswith(word))


def technologies_of(holders: Iterable[int], *, most: int) -> list[int]:
    """Newest first."""
    holders = list(holders)
    if not holders:
        return []
    published = Technology.objects.published().filter(holder__in=holders)
    return list(published.order_by("-published_at", "-pk").values_list("pk", flat=True)[:most])


def holders_of(technologies: QuerySet[Technology], *, user: Any, chosen: Iterable[int] = ()) -> list[HolderCount]:
    """The holders with most of these technologies whose name this reader may see, and those that are chosen."""
    readable = readable_by(user).order_by().values("pk")
    counted = technologies.order_by().filter(holder__in=readable).values("holder").annotate(count=Count("pk"))
    counts = dict(counted.order_by("-count", "holder").values_list("holder", "count")[:MOST_LISTED])
    others = [pk for pk in chosen if pk not in counts]
    if others:
        counts |= dict.fromkeys(others, 0) | dict(counted.filter(holder__in=others).values_list("holder", "count"))
    found = readable_by(user).in_bulk(list(counts)) if counts else {}
    return [HolderCount(found[pk], count) for pk, count in counts.items() if pk in found]


def _state() -> tuple[Any, ...]:
    """Changes whenever a name or a number does."""
    changes = {"count": Count("pk"), "at": Max("updated_at"), "last": Max("pk")}
    tables = (Organisation, OrganisationAlias, OrganisationNumber)
    return tuple(value for table in tables for value in table.objects.aggregate(**changes).values())


@lru_cache(maxsize=2)
def _all_keys(*_state: Any) -> tuple[HolderKeys, ...]:
    everybody = Organisation.objects.order_by("pk").prefetch_related("aliases", "numbers")
    return tuple(_keys_of(organisation) for organisation in everybody)


def _keys_of(holder: Organisation) -> HolderKeys:
    names = (holder.name_ko, holder.name_ru, holder.name_en, holder.short_name)
    others = (alias.name for alias in holder.aliases.all())
    numbers = (holder.registration_number, holder.external_id, *(number.value for number in holder.numbers.all()))
    return HolderKeys(
        holder.pk,
        tuple(words for name in (*names, *others) if (words := _words(name))),
        frozenset(found for number in numbers if (found := compact(number))),
    )
