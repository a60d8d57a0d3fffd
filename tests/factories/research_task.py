from datetime import date

import factory

from matching.enums import Direction, Field
from projects.enums import PartnerRole, TaskType
from projects.models import ResearchTask, TaskPartner
from tests.factories.organisation import OrganisationFactory
from tests.factories.programme import ProgrammeFactory


class ResearchTaskFactory(factory.django.DjangoModelFactory):
    """A planned localisation task of 2019."""

    class Meta:
        model = ResearchTask

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: f"T-{n:04d}")
    title_ko = factory.Sequence(lambda n: f"머플러 생산 공정개선 {n}")
    task_type = TaskType.LOCALISATION
    direction = Direction.KOREA_TO_RUSSIA
    field = Field.PROCESS
    starts_on = date(2019, 7, 1)
    ends_on = date(2020, 6, 30)
    evidence = "바이어 상담 결과"


class TaskPartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskPartner

    research_task = factory.SubFactory(ResearchTaskFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = PartnerRole.PARTICIPANT
