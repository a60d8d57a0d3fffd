"""What happened to an organisation, in words: the history on its page for the centre."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Organisation
from kr_ru_platform.words.history import FieldChange, changes_between, kind_of

LIMIT = 20
# Said otherwise on the line itself, or of no use to a reader.
UNTOLD = frozenset({"id", "revision", "created_at", "updated_at", "confirmation_decided_at", "confirmation_decided_by"})


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    at: datetime
    by: str
    kind: str
    changes: list[FieldChange]


def history_of_organisation(organisation: Organisation) -> list[OrganisationEntry]:
    """The newest first; saves that changed nothing worth telling are left out."""
    rows = organisation.history.select_related("history_user__closing").order_by("-history_date", "-history_id")
    versions = list(rows[: LIMIT + 1])
    entries = []
    for version, former in zip(versions, [*versions[1:], None], strict=True):
        changes = changes_between(former, version, untold=UNTOLD, names={}) if former is not None else []
        kind = kind_of(version)
        if changes or kind != "changed":
            by = version.history_user.name_in_history if version.history_user else ""
            entries.append(OrganisationEntry(version.history_date, by, kind, changes))
    return entries[:LIMIT]
