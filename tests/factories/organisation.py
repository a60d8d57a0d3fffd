import factory
from django.utils import timezone

from accounts.enums import Confirmation, ConfirmationGround, Country, OrganisationKind, SizeClass
from accounts.models import Organisation


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A small Korean company that the centre knows; `is_new=True` as somebody registers it."""

    class Meta:
        model = Organisation

    class Params:
        is_new = factory.Trait(
            confirmation=Confirmation.UNCONFIRMED, confirmation_ground="", confirmation_decided_at=None
        )

    name_ko = factory.Sequence(lambda n: f"㈜가나기술{n}")
    kind = OrganisationKind.COMPANY
    country = Country.KOREA
    size_class = SizeClass.SMALL
    confirmation = Confirmation.CONFIRMED
    confirmation_ground = ConfirmationGround.KNOWN
    confirmation_decided_at = factory.LazyFunction(timezone.now)


class InstituteFactory(OrganisationFactory):
    """A Russian institute."""

    name_ko = ""
    name_ru = factory.Sequence(lambda n: f"Институт материалов {n}")
    kind = OrganisationKind.INSTITUTE
    country = Country.RUSSIA
    size_class = ""
    is_name_masked = False
