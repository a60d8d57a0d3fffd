"""All changes of one file at once: only as the list showed them."""

import re
from typing import Any

import pytest
from django.urls import reverse

from matching.domain.technologies import proposed_changes
from matching.models import ProposedChange, Technology, TechnologyImport
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def seen_on(client: Any, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    return dict(re.findall(r'type="hidden" name="(seen)" value="([^"]*)"', page))


def test_what_was_changed_after_the_list_was_shown_is_not_approved_with_it(client: Any) -> None:
    writer, technology = create_staff(), TechnologyFactory()
    row = TechnologyImport.objects.create(uploaded_by=writer, file="a.csv", name="a.csv")
    proposed_changes.propose(technology=technology, by=writer, facts={"trl": 8}, technology_import=row)
    client.force_login(create_staff())
    shown = seen_on(client, f"{reverse('change_list')}?import={row.pk}")
    address = reverse("change_approve_import", args=[row.pk])

    proposed_changes.propose(technology=technology, by=create_staff(), facts={"trl": 9})
    Technology.objects.filter(pk=technology.pk).update(revision=technology.revision + 1)
    for stale in (shown, {}):
        client.post(address, stale)
        assert ProposedChange.objects.get().state == "open"

    client.post(address, seen_on(client, f"{reverse('change_list')}?import={row.pk}"))
    technology.refresh_from_db()
    assert (ProposedChange.objects.get().state, technology.trl) == ("approved", 9)
