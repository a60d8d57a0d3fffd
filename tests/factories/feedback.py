import factory

from matching.enums import Verdict
from matching.models import Feedback
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory


class FeedbackFactory(factory.django.DjangoModelFactory):
    """A demand's technology, marked not relevant."""

    class Meta:
        model = Feedback

    technology = factory.SubFactory(TechnologyFactory)
    demand = factory.SubFactory(DemandFactory)
    organisation = factory.SelfAttribute("demand.organisation")
    decided_by = factory.SubFactory(UserFactory)
    verdict = Verdict.NOT_RELEVANT
