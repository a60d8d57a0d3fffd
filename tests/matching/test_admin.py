import pytest
from django.contrib import admin
from django.urls import reverse

from matching.apps import MatchingConfig
from tests.factories.demand import DemandFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db
MODELS = [model for model in admin.site._registry if model._meta.app_label == MatchingConfig.name]


@pytest.fixture
def superuser(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize("model", MODELS)
def test_lists_open(client, superuser, model):
    TechnologyFactory()
    DemandFactory()
    MatchRequestFactory()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    assert client.get(reverse(name)).status_code == 200


def test_machine_written_rows_cannot_be_changed(client, superuser):
    assert [
        client.get(reverse(f"admin:matching_{name}_add")).status_code
        for name in ("match", "indexrecord", "scoringrecord")
    ] == [403, 403, 403]


def test_what_is_published_is_not_changed_in_the_admin(client, superuser):
    technology = TechnologyFactory()
    page = client.get(reverse("admin:matching_technology_change", args=[technology.pk]))
    assert [*page.context["adminform"].form.fields] == ["external_id", "owner", "expires_on"]
    formset = page.context["inline_admin_formsets"][0]
    assert (formset.has_add_permission, formset.has_change_permission, formset.has_delete_permission) == (
        False,
        False,
        False,
    )


def test_nothing_is_published_in_the_admin(client, superuser):
    for state in ("draft", "in_review", "on_hold", "archived"):
        technology = TechnologyFactory(state=state)
        page = client.get(reverse("admin:matching_technology_change", args=[technology.pk]))
        assert {"state", "published_at"} & set(page.context["adminform"].form.fields) == set()


def test_a_change_in_the_admin_counts_a_revision(client, superuser):
    technology = TechnologyFactory(state="draft")
    page = client.get(reverse("admin:matching_technology_change", args=[technology.pk]))
    form = page.context["adminform"].form
    data = {field.html_name: field.value() if field.value() is not None else "" for field in form}
    data |= {
        "trl": "3",
        "published_at_0": "2026-01-01",
        "published_at_1": "10:00",
        "ipc_codes": "",
        "transfer_modes": "",
    }
    data |= {"texts-TOTAL_FORMS": "0", "texts-INITIAL_FORMS": "0"}
    response = client.post(page.request["PATH_INFO"], data)
    assert response.status_code == 302, response.context["errors"]
    technology.refresh_from_db()
    assert (technology.trl, technology.revision) == (3, 2)
