from typing import Any

import factory
from django.utils import timezone

from matching.enums import DisclosureLevel, Field, IprStatus, Provenance, TechnologyState, TransferMode
from matching.models import Technology, TechnologyText
from tests.factories.organisation import InstituteFactory


class TechnologyFactory(factory.django.DjangoModelFactory):
    """A published Russian technology with one Russian text: TechnologyFactory(text__title=…, text=None)."""

    class Meta:
        model = Technology
        skip_postgeneration_save = True

    holder = factory.SubFactory(InstituteFactory)
    country = "RU"
    field = Field.METALS
    trl = 6
    ipr_status = IprStatus.GRANTED
    transfer_modes = factory.LazyFunction(lambda: [TransferMode.JOINT_DEVELOPMENT])
    disclosure = DisclosureLevel.MEMBERS
    state = TechnologyState.PUBLISHED
    source_language = "ru"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def text(self, create: bool, extracted: Any, **fields: Any) -> None:
        if extracted is None:
            TechnologyTextFactory(technology=self, language=self.source_language, **fields)


class TechnologyTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TechnologyText

    technology = factory.SubFactory(TechnologyFactory, text=False)
    language = "ru"
    provenance = Provenance.SOURCE
    title = factory.Sequence(lambda n: f"Аморфный металлический провод, вариант {n}")
    summary = "Провод из аморфного сплава получают быстрым охлаждением расплава."
    description = "Скорость охлаждения достигает миллиона градусов в секунду."
    advantages = "Потери на перемагничивание ниже в три раза."
    sought = "Ищем предприятие, которое освоит выпуск провода."
