import factory

from matching.enums import Field
from matching.models import CompanyProfile
from tests.factories.organisation import OrganisationFactory


class CompanyProfileFactory(factory.django.DjangoModelFactory):
    """What a small Korean company makes."""

    class Meta:
        model = CompanyProfile

    organisation = factory.SubFactory(OrganisationFactory)
    products = "변압기와 리액터를 만듭니다."
    capabilities = "권선, 진공 함침, 고전압 시험"
    interests = "손실이 적은 연자성 소재"
    field = Field.METALS
