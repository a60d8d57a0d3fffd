import pytest
from django.contrib import admin
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from kr_ru_platform.admin import HistoryAdmin, RevisionMixin
from kr_ru_platform.models import Revisioned
from matching.admin import ReadOnlyAdmin
from matching.models import Publication, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory


def test_admins_that_change_a_row_with_a_revision_count_it() -> None:
    forgotten = [
        model.__name__
        for model, own in admin.site._registry.items()
        if issubclass(model, Revisioned) and not isinstance(own, RevisionMixin | ReadOnlyAdmin)
    ]
    assert forgotten == []


def test_no_admin_puts_former_versions_back() -> None:
    forgotten = [
        model.__name__
        for model, own in admin.site._registry.items()
        if isinstance(own, SimpleHistoryAdmin) and not isinstance(own, HistoryAdmin)
    ]
    assert forgotten == []


@pytest.mark.django_db
@pytest.mark.parametrize("button", [{}, {"_save": "Revert"}, {"_continue": "1"}, {"_change_history": "1"}])
def test_a_former_version_is_read_and_not_put_back(client, button) -> None:
    """What two people have made confidential, or have taken out of the public, stays so."""
    technology = TechnologyFactory(disclosure="public")
    former = technology.history.first()
    Technology.objects.filter(pk=technology.pk).update(disclosure="nda", state="on_hold", revision=5)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    address = reverse("admin:matching_technology_simple_history", args=[technology.pk, former.pk])
    page = client.get(address)
    form = page.context["adminform"].form
    values = {field.html_name: field.value() if field.value() is not None else "" for field in form}
    answer = client.post(address, values | {"ipc_codes": "", "transfer_modes": ""} | button)
    now = Technology.objects.get(pk=technology.pk)
    assert (page.status_code, b'name="_save"' in page.content, answer.status_code) == (200, False, 403)
    assert (now.state, now.disclosure, now.revision, Publication.objects.count()) == ("on_hold", "nda", 5, 0)


@pytest.mark.django_db
def test_a_former_demand_is_not_put_back(client) -> None:
    demand = DemandFactory()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    former = demand.history.first()
    assert client.post(reverse("admin:matching_demand_simple_history", args=[demand.pk, former.pk])).status_code == 403
