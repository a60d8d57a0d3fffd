from datetime import date

import factory

from matching.enums import MatchRequestState
from matching.models import Introduction
from tests.factories.match_request import MatchRequestFactory
from tests.factories.user import create_staff


class IntroductionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Introduction

    match_request = factory.SubFactory(MatchRequestFactory, state=MatchRequestState.INTRODUCED)
    holder = factory.SelfAttribute("match_request.technology.holder")
    introduced_on = date(2019, 6, 21)
    introduced_by = factory.LazyFunction(create_staff)
