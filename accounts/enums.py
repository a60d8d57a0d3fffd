"""Kinds and roles of people and organisations."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    COMPANY = "company", _("Company")
    INSTITUTE = "institute", _("Research institute")
    UNIVERSITY = "university", _("University")
    AGENCY = "agency", _("Public agency")


class SizeClass(models.TextChoices):
    MICRO = "micro", _("Micro enterprise")
    SMALL = "small", _("Small enterprise")
    MEDIUM = "medium", _("Medium-sized enterprise")
    MIDSIZE = "midsize", _("Middle-standing enterprise")
    LARGE = "large", _("Large enterprise")


class Country(models.TextChoices):
    """ISO 3166-1 alpha-2 codes of the countries the centre works with."""

    KOREA = "KR", _("Republic of Korea")
    RUSSIA = "RU", _("Russian Federation")
    BELARUS = "BY", _("Belarus")
    KAZAKHSTAN = "KZ", _("Kazakhstan")
    UZBEKISTAN = "UZ", _("Uzbekistan")
    ARMENIA = "AM", _("Armenia")
    KYRGYZSTAN = "KG", _("Kyrgyzstan")
    UKRAINE = "UA", _("Ukraine")
    MONGOLIA = "MN", _("Mongolia")
    JAPAN = "JP", _("Japan")
    CHINA = "CN", _("China")
    GERMANY = "DE", _("Germany")
    ITALY = "IT", _("Italy")
    UNITED_STATES = "US", _("United States")
    OTHER = "ZZ", _("Other country")


class Confirmation(models.TextChoices):
    """Whether the centre knows that those who act for an organisation may, and that it is what it says."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Confirmation withdrawn")


class ConfirmationGround(models.TextChoices):
    DOCUMENT = "document", _("Document seen")
    REGISTRY = "registry", _("Found in a public register")
    KNOWN = "known", _("Known to the centre")


class NumberKind(models.TextChoices):
    """Numbers under which registers of several countries, and the centre's own files, know an organisation."""

    KR_BUSINESS = "kr_business", _("Korean business registration number")
    KR_CORPORATE = "kr_corporate", _("Korean corporate registration number")
    RU_INN = "ru_inn", _("Russian taxpayer number (INN)")
    RU_OGRN = "ru_ogrn", _("Russian state registration number (OGRN)")
    OTHER = "other", _("Number in another register")
    EXTERNAL = "external", _("Id in a file")


class AliasKind(models.TextChoices):
    ALIAS = "alias", _("Also called")
    FORMER = "former", _("Former name")


class DecisionState(models.TextChoices):
    """Of what a person asks and the centre answers."""

    WAITING = "waiting", _("Waiting for the centre")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Not approved")
    TAKEN_BACK = "taken_back", _("Taken back")


class MembershipRole(models.TextChoices):
    OWNER = "owner", _("Manager of the organisation's account")
    MEMBER = "member", _("Member")


class MembershipState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PENDING = "pending", _("Waiting for confirmation")


class Group(models.TextChoices):
    """Names of the Django groups that give rights inside the centre."""

    CENTRE_STAFF = "centre_staff", _("Centre staff")
    PROGRAMME_ADMIN = "programme_admin", _("Programme manager")
    EVALUATOR = "evaluator", _("Evaluator")


class OrganisationRefusal(StrEnum):
    """Codes; their sentences stand in wording.py."""

    NOT_CONFIRMED = "organisation_not_confirmed"
    HANDOVERS_ARE_OTHERS = "organisation_handovers_are_others"
    UNCONFIRMED_WOULD_STAY = "organisation_unconfirmed_would_stay"
    NUMBER_TAKEN = "organisation_number_taken"
