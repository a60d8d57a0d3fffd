from datetime import date

import factory

from projects.enums import AgreementFocus
from projects.models import Agreement, CooperationEvent
from tests.factories.organisation import InstituteFactory


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    organisation = factory.SubFactory(InstituteFactory)
    focus = AgreementFocus.TECHNOLOGY


class CooperationEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CooperationEvent

    code = factory.Sequence(lambda n: f"event-{n}")
    name_ko = factory.Sequence(lambda n: f"한러 기술교류회 {n}")
    city_ko = "모스크바"
    held_on = date(2019, 6, 1)
    is_month_only = True
