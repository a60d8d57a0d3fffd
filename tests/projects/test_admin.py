from django.urls import reverse

from projects.models import Outcome
from tests.factories.outcome import OutcomeFactory
from tests.factories.user import UserFactory


def test_figures_are_only_looked_at_in_the_emergency_admin(client, db) -> None:
    outcome = OutcomeFactory(status="claimed")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = reverse("admin:projects_outcome_change", args=[outcome.pk])
    assert client.get(page).status_code == 200
    answers = [
        client.post(page, {"value": "1"}).status_code,
        client.get(reverse("admin:projects_outcome_add")).status_code,
    ]
    assert (answers, Outcome.objects.get().value) == ([403, 403], outcome.value)
