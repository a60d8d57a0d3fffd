"""What binds others to an organisation's name: technologies it holds, introductions, research tasks.

The apps that keep such rows stand above this one and say so in their AppConfig.
"""

from django.db.models import Q

from accounts.models import Organisation

_ties: list[Q] = []


def register_tie(condition: Q) -> None:
    """A condition on organisations that is true of those others rely on."""
    _ties.append(condition)


def has_ties(organisation: Organisation) -> bool:
    return any(Organisation.objects.filter(condition, pk=organisation.pk).exists() for condition in _ties)
