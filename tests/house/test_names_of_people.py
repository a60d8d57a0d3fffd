"""Columns that hold people's names as text: each is known to the closing of an account. Others note the account."""

import re

from django.apps import apps
from django.db import models

TEXTS = (models.CharField, models.TextField, models.JSONField)
NAMING = re.compile(
    r"(.*_)?(by|authors?|propos\w*|person|people|users?|members?|owners?|names?|e?mails?|phone|contact|receiver|sender)"
)

# With what closing does to it (docs/adr/0014-closing-an-account.md).
OF_PEOPLE = {
    "accounts.User.email": "another address stands there",
    "accounts.User.full_name": "emptied",
    "accounts.User.phone": "emptied",
    "accounts.ClosedAccount.full_name": "the one place where it stays",
    "accounts.Invitation.email": "the row goes",
    "kr_ru_platform.Mail.receiver": "the row goes",
    "matching.Publication.other_names": "taken out, unless a namesake is there",
}
OF_OTHERS = {
    "accounts.HistoricalOrganisation.short_name": "an organisation",
    "accounts.Organisation.short_name": "an organisation",
    "accounts.OrganisationAlias.name": "an organisation",
    "accounts.OrganisationMerge.old_name": "an organisation",
    "kr_ru_platform.Mail.sender": "the portal",
    "matching.Introduction.holder_contact": "typed by the centre for an institute: nobody's account",
    "matching.RequestAttachment.name": "a file",
    "matching.ScorerVersion.name": "a version",
    "matching.TechnologyImport.name": "a file",
    "matching.VectorIndex.name": "an index",
}


def test_each_column_that_may_name_a_person_is_known_to_the_closing_of_an_account() -> None:
    found = {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        if model._meta.app_label in {"accounts", "kr_ru_platform", "matching", "projects"}
        for column in model._meta.concrete_fields
        if isinstance(column, TEXTS) and NAMING.fullmatch(column.name)
    }
    assert found == OF_PEOPLE.keys() | OF_OTHERS.keys()
