"""Kinds and roles of people and organisations."""

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
