from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone

from projects.enums import Currency, OutcomeKind, OutcomeStatus
from projects.models import Outcome
from tests.factories.research_task import ResearchTaskFactory


class OutcomeFactory(factory.django.DjangoModelFactory):
    """A claim of exports worth 660,000 dollars."""

    class Meta:
        model = Outcome

    class Params:
        verified = factory.Trait(status=OutcomeStatus.VERIFIED, checked_at=factory.LazyFunction(timezone.now))

    research_task = factory.SubFactory(ResearchTaskFactory)
    kind = OutcomeKind.EXPORTS
    value = Decimal(660_000)
    currency = Currency.USD
    period_start = date(2019, 7, 1)
    period_end = date(2019, 12, 31)
    evidence = "보고서: 해외 매출 66만불"
