from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from projects.enums import OutcomeStatus, TaskState
from projects.models import Outcome
from projects.templatetags.research_tasks import OUTCOME_TONES, TASK_TONES, figure, name_for, outcome_tone, task_tone
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff


def test_every_state_has_a_tone():
    assert {state: task_tone(state.value) for state in TaskState} == TASK_TONES
    assert {status: outcome_tone(status.value) for status in OutcomeStatus} == OUTCOME_TONES


@pytest.mark.parametrize(
    ("language", "value", "currency", "shown"),
    [
        ("ko", "800000000", "KRW", "8억원"),
        ("en", "800000000", "KRW", "₩800,000,000"),
        ("en", "660000.00", "USD", "660,000 USD"),
        # Decimals are shown where there are some, and then both.
        ("en", "0.5", "USD", "0.50 USD"),
        ("ru", "1234.50", "RUB", "1\xa0234,50 RUB"),
        ("en", "12", "", "12"),
    ],
)
def test_figure_has_its_unit_and_the_readers_grouping(language, value, currency, shown):
    with override(language):
        assert figure(Outcome(value=Decimal(value), currency=currency)) == shown


@pytest.mark.django_db
def test_name_of_a_masked_company_is_told_to_the_centre_only():
    company = OrganisationFactory(name_ko="㈜비밀상사", is_name_masked=True)
    told = [name_for(company, user) for user in (create_staff(), AnonymousUser())]
    assert told == ["㈜비밀상사", company.public_name]
    assert "비밀" not in company.public_name
