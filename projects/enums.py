"""Every status and kind of research tasks, budgets, outcomes and the partners' network."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskType(models.TextChoices):
    SHORT_TERM = "short_term", _("Short-term on-site")
    LOCALISATION = "localisation", _("Localisation")
    ORIGINAL = "original", _("Original technology")


# Length in months that each type of research task has by the programme's rules.
TASK_MONTHS = {TaskType.SHORT_TERM: 6, TaskType.LOCALISATION: 12, TaskType.ORIGINAL: 24}


class TaskState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")


class PartnerRole(models.TextChoices):
    LEAD = "lead", _("Lead organisation")
    PARTICIPANT = "participant", _("Participating company")
    PROVIDER = "provider", _("Technology provider")
    CONTRACT_RESEARCH = "contract_research", _("Contract research")
    DEMAND = "demand", _("Demand company")


# Whose figures are reported: a provider has none of its own.
REPORTING_ROLES = frozenset({PartnerRole.LEAD, PartnerRole.PARTICIPANT, PartnerRole.DEMAND})


class CostItem(models.TextChoices):
    """Cost items (비목) of the national R&D rules."""

    PERSONNEL = "personnel", _("Personnel")
    STUDENTS = "students", _("Student personnel")
    EQUIPMENT = "equipment", _("Research facilities and equipment")
    MATERIALS = "materials", _("Research materials")
    ACTIVITIES = "activities", _("Research activities")
    ALLOWANCE = "allowance", _("Research allowance")
    CONTRACT_RESEARCH = "contract_research", _("Contract research and development")
    INTERNATIONAL = "international", _("International joint research")
    INDIRECT = "indirect", _("Indirect costs")


class OutcomeKind(models.TextChoices):
    DOMESTIC_SALES = "domestic_sales", _("Domestic sales")
    EXPORTS = "exports", _("Exports")
    COST_SAVED = "cost_saved", _("Cost saved")
    ROYALTIES = "royalties", _("Royalties")
    CONTRACTS = "contracts", _("Contracts")
    JOBS = "jobs", _("Jobs")
    PATENTS = "patents", _("Patents")
    PAPERS = "papers", _("Papers")


# Kinds that are amounts of money; the others are counted in pieces or persons.
MONEY_KINDS = frozenset(
    {
        OutcomeKind.DOMESTIC_SALES,
        OutcomeKind.EXPORTS,
        OutcomeKind.COST_SAVED,
        OutcomeKind.ROYALTIES,
        OutcomeKind.CONTRACTS,
    }
)


class Currency(models.TextChoices):
    KRW = "KRW", _("Korean won")
    USD = "USD", _("US dollar")
    RUB = "RUB", _("Russian rouble")
    EUR = "EUR", _("Euro")
    JPY = "JPY", _("Japanese yen")


class OutcomeStatus(models.TextChoices):
    CLAIMED = "claimed", _("Claimed")
    VERIFIED = "verified", _("Verified")
    DISPUTED = "disputed", _("Disputed")


class AgreementFocus(models.TextChoices):
    TECHNOLOGY = "technology", _("Technology cooperation")
    DEMAND = "demand", _("Finding demand companies")
