"""All changes of one file at once: only as the list showed them."""

import re
from typing import Any

import pytest
from django.urls import reverse

from matching.domain.technologies import curation, proposed_changes
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


def test_reason_typed_with_a_decision_is_read_on_its_page(client: Any) -> None:
    writer, checker, technology = create_staff(), create_staff(), TechnologyFactory()
    curation.update_technology(technology=technology, by=writer, data={"trl": 8})
    change = ProposedChange.objects.get()
    address = reverse("change_detail", args=[change.pk])
    client.force_login(checker)
    for decision, reason in (("return", "측정 근거가 없습니다."), ("drop", "근거를 찾지 못했습니다.")):
        technology.refresh_from_db()
        client.post(address, {"decision": decision, "reason": reason, "revision": technology.revision})
    page = client.get(address).content.decode()
    assert "측정 근거가 없습니다." in page and "근거를 찾지 못했습니다." in page


@pytest.mark.parametrize("is_own", [True, False])
def test_decision_after_a_change_in_another_window_says_whose_it_was(client: Any, is_own: bool) -> None:
    checker, technology = create_staff(), TechnologyFactory()
    made = curation.update_technology(technology=technology, by=create_staff(), data={"trl": 8})
    curation.update_technology(technology=technology, by=checker if is_own else create_staff(), data={"trl": 7})
    client.force_login(checker)
    address = reverse("change_detail", args=[ProposedChange.objects.get().pk])
    answer = client.post(address, {"decision": "return", "reason": "근거?", "revision": made.revision})
    said = answer.context["form"].non_field_errors()[0]
    assert (answer.status_code, "다른 창에서" in said) == (409, is_own)
