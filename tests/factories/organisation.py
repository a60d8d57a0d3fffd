import factory

from accounts.enums import Country, OrganisationKind, SizeClass
from accounts.models import Organisation


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A small Korean company."""

    class Meta:
        model = Organisation

    name_ko = factory.Sequence(lambda n: f"㈜가나기술{n}")
    kind = OrganisationKind.COMPANY
    country = Country.KOREA
    size_class = SizeClass.SMALL


class InstituteFactory(OrganisationFactory):
    """A Russian institute."""

    name_ko = ""
    name_ru = factory.Sequence(lambda n: f"Институт материалов {n}")
    kind = OrganisationKind.INSTITUTE
    country = Country.RUSSIA
    size_class = ""
    is_name_masked = False
