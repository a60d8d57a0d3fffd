import factory

from projects.models import Programme


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"programme-{n}")
    year = 2019
    name_ko = "한러 기술협력 사업"
    budget_krw = 780_000_000
