"""What a company makes and can do."""

from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from kr_ru_platform.saving.revisions import locked_row, refuse_stale, save_revision
from matching.domain.texts.need_texts import need_language
from matching.models import CompanyProfile

CONTENT = ("products", "capabilities", "interests", "field", "ksic_code")


@transaction.atomic
def save_profile(
    *,
    organisation: Organisation,
    by: User,
    data: dict[str, Any],
    expected_revision: int | None = None,
) -> CompanyProfile:
    """Write the one profile of a company; revision 0 stands for "there is none yet"."""
    locked_row(organisation, no_key=True)
    row = CompanyProfile.objects.filter(organisation=organisation).first()
    row = row or CompanyProfile(organisation=organisation, revision=0)
    values = {name: data[name] for name in CONTENT if name in data}
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return row
    refuse_stale(row, expected_revision)
    for name, value in changed.items():
        setattr(row, name, value)
    row.language = need_language(*row.own_texts)
    save_revision(row, by=by)
    return row
