"""Technologies by the name of their holder, in whatever script it is asked for.

A holder whose name is masked is found only by those who may read the name: the centre and its own people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import Organisation
from matching.models import Technology

MOST_NAMED = 5
MOST_LISTED = 12


@dataclass(frozen=True)
class HolderKeys:
    """What one holder can be asked for by, folded."""

    pk: int
    is_masked: bool
    # The words of each name, without the legal form.
    names: tuple[tuple[str, ...], ...]
    numbers: frozenset[str]


@dataclass(frozen=True)
class NamedHolders:
    """Holders that a query names: by their whole name or number, or by a part of it."""

    whole: tuple[int, ...] = ()
    part: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.whole or self.part)


@dataclass(frozen=True)
class HolderCount:
    holder: Organisation
    count: int


def readable_by(user: Any) -> QuerySet[Organisation]:
    """Holders whose name this reader may see."""
    if getattr(user, "is_centre_staff", False):
        return Organisation.objects.all()
    own = getattr(user, "organisation_ids", ())
    return Organisation.objects.filter(Q(is_name_masked=False) | Q(pk__in=own))


def named_holders(query: str, *, user: Any) -> NamedHolders:
    """Holders that this reader may know and whose name, or one of whose numbers, is what was asked for."""
    asked, number = _core(query), fold_number(query)
    if not asked and not number:
        return NamedHolders()
    whole, part = [], []
    for keys in _all_keys(*_state()):
        if (number and number in keys.numbers) or any(_is_same(asked, name) for name in keys.names):
            whole.append(keys.pk)
        elif any(_is_part(asked, name) for name in keys.names):
            part.append(keys.pk)
    readable = set(readable_by(user).filter(pk__in=[*whole, *part]).values_list("pk", flat=True))
    return NamedHolders(
        tuple(pk for pk in whole if pk in readable)[:MOST_NAMED],
        tuple(pk for pk in part if pk in readable)[:MOST_NAMED],
    )


def technologies_of(holders: Iterable[int], *, most: int) -> list[int]:
    """Newest first."""
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
    found = readable_by(user).in_bulk(list(counts))
    return [HolderCount(found[pk], count) for pk, count in counts.items() if pk in found]


def _state() -> tuple[Any, ...]:
    """Changes whenever a name does."""
    return tuple(Organisation.objects.aggregate(count=Count("pk"), at=Max("updated_at"), pk=Max("pk")).values())


@lru_cache(maxsize=2)
def _all_keys(*_state: Any) -> tuple[HolderKeys, ...]:
    holders = Organisation.objects.filter(technologies__isnull=False).distinct().order_by("pk")
    return tuple(_keys_of(holder) for holder in holders)


def _keys_of(holder: Organisation) -> HolderKeys:
    written = (holder.name_ko, holder.name_ru, holder.name_en, holder.short_name)
    numbers = (holder.registration_number, holder.external_id)
    return HolderKeys(
        holder.pk,
        tuple(name for name in map(_core, written) if name),
        frozenset(folded for number in numbers if (folded := fold_number(number))),
    )
