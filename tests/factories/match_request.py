import datetime

import factory

from matching.enums import MatchRequestState
from matching.models import MatchRequest
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory


class MatchRequestFactory(factory.django.DjangoModelFactory):
    """A new request by a member of a company."""

    class Meta:
        model = MatchRequest
        skip_postgeneration_save = True

    technology = factory.SubFactory(TechnologyFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    requested_by = factory.SubFactory(UserFactory)
    message = "시제품을 함께 만들고 싶습니다."
    state = MatchRequestState.SUBMITTED
    due_on = datetime.date(2099, 1, 5)

    @factory.post_generation
    def member(self, create: bool, extracted: object, **_kwargs: object) -> None:
        """Who asks acts for the company."""
        if not self.requested_by.memberships.filter(organisation=self.organisation).exists():
            MembershipFactory(user=self.requested_by, organisation=self.organisation)
