"""Looking a number up in a public register of companies.

Which register is asked is the setting ORGANISATION_REGISTRY: the path of a class without arguments that follows
`Registry`. The one that is shipped is connected to none and says so; it never pretends to have found anything.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.enums import NumberKind
from accounts.models import Organisation
from accounts.names.numbers import compact, is_valid, written


class RegistryUnavailableError(Exception):
    """The register does not answer: nothing is known, neither for nor against."""


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """What the register says, in its own words."""

    number: str
    name: str
    # For example "in operation" or "closed"; shown as it stands.
    status: str = ""
    source: str = ""


class Registry(Protocol):
    is_connected: bool

    def look_up(self, number: str) -> RegistryEntry | None:
        """The entry of a compact number, or None where the register has none. Raises RegistryUnavailableError."""


class NotConnected:
    is_connected = False

    def look_up(self, number: str) -> RegistryEntry | None:
        return None


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """One number of an organisation: are its digits right, and what does the register say of it?"""

    kind: NumberKind
    number: str
    is_valid: bool
    is_answered: bool
    entry: RegistryEntry | None = None


def registry() -> Registry:
    found: Registry = import_string(settings.ORGANISATION_REGISTRY)()
    return found


def numbers_of(organisation: Organisation) -> list[tuple[NumberKind, str]]:
    own = compact(organisation.registration_number)
    numbers = [(NumberKind.KR_BUSINESS, own)] if own else []
    rows = organisation.numbers.exclude(kind=NumberKind.EXTERNAL)
    return numbers + [(NumberKind(row.kind), row.value) for row in rows]


def check_numbers(organisation: Organisation) -> list[NumberCheck]:
    asked = registry()
    return [_check(asked, kind, value) for kind, value in numbers_of(organisation)]


def is_in_registry(organisation: Organisation) -> bool:
    return any(check.entry for check in check_numbers(organisation))


def _check(asked: Registry, kind: NumberKind, value: str) -> NumberCheck:
    is_right = is_valid(kind, value)
    if not (asked.is_connected and is_right):
        return NumberCheck(kind, written(kind, value), is_right, is_answered=False)
    try:
        entry = asked.look_up(value)
    except RegistryUnavailableError:
        return NumberCheck(kind, written(kind, value), is_right, is_answered=False)
    return NumberCheck(kind, written(kind, value), is_right, is_answered=True, entry=entry)
