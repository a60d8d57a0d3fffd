from projects.models.budget import BudgetLine
from projects.models.network import Agreement, CooperationEvent
from projects.models.outcome import Outcome
from projects.models.programme import Programme
from projects.models.research_task import ResearchTask, TaskPartner

__all__ = [
    "Agreement",
    "BudgetLine",
    "CooperationEvent",
    "Outcome",
    "Programme",
    "ResearchTask",
    "TaskPartner",
]
