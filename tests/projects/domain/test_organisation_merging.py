import pytest

from accounts.registered.merge_rules import Merge
from projects.domain.organisation_merging import prepare_partners
from projects.models import TaskPartner
from tests.factories.organisation import OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_same_role_in_the_same_task_is_held_once():
    stays, goes = OrganisationFactory.create_batch(2)
    task = ResearchTaskFactory()
    kept = [
        TaskPartnerFactory(research_task=task, organisation=stays, role="lead"),
        TaskPartnerFactory(research_task=task, organisation=goes, role="demand"),
        TaskPartnerFactory(organisation=goes, role="lead"),
        TaskPartnerFactory(research_task=task, role="lead"),
    ]
    TaskPartnerFactory(research_task=task, organisation=goes, role="lead")
    prepare_partners(Merge(stays, goes, create_staff()))
    assert set(TaskPartner.objects.all()) == set(kept)
