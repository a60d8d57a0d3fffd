"""What has to be thought of in this app when two records of one organisation become one."""

from accounts.registered.merge_rules import Merge
from projects.models import TaskPartner


def prepare_partners(merge: Merge) -> None:
    """The same role in the same research task is held once."""
    there = set(TaskPartner.objects.filter(organisation=merge.stays).values_list("research_task_id", "role"))
    for row in TaskPartner.objects.filter(organisation=merge.goes):
        if (row.research_task_id, row.role) in there:
            row.delete()
