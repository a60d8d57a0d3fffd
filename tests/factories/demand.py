import factory
from django.utils import timezone

from matching.enums import DemandState, Field
from matching.models import Demand
from tests.factories.organisation import OrganisationFactory


class DemandFactory(factory.django.DjangoModelFactory):
    """An open demand in Korean."""

    class Meta:
        model = Demand

    organisation = factory.SubFactory(OrganisationFactory)
    language = "ko"
    title = factory.Sequence(lambda n: f"변압기 철심 손실을 줄이는 소재 {n}")
    problem = "변압기 철심에서 열이 많이 나서 효율이 떨어집니다."
    wanted_result = "철심 손실을 절반으로 줄이고 싶습니다."
    field = Field.METALS
    state = DemandState.OPEN
    opened_at = factory.LazyFunction(timezone.now)
